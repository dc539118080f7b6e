/** The numbers of a JSON array as `Dialect.arrayOf` gives it, ascending; an aggregate over no rows is `null` or `[]`. */
export function numbersOf<T extends number>(json: string | null): T[] {
  const numbers: T[] = json === null ? [] : JSON.parse(json)
  return numbers.sort((a, b) => a - b)
}
