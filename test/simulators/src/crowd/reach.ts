/** Everything that can be got to from `start` in one step or more; `start` itself only where a circle leads back to it. */
export function reach<T>(start: T, next: (each: T) => Iterable<T>): Set<T> {
  const seen = new Set(next(start))
  for (const each of seen) for (const further of next(each)) seen.add(further)
  return seen
}
