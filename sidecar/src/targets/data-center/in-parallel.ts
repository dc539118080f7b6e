/**
 * Works on at most `limit` items at once and yields the results as they come. The first failure ends it, and leaving
 * the loop stops what is under way.
 */
export async function* inParallel<Item, Result>(
  items: Iterable<Item>,
  limit: number,
  work: (item: Item, signal: AbortSignal) => Promise<Result>,
  signal: AbortSignal,
): AsyncGenerator<Result, void, undefined> {
  const leaving = new AbortController()
  const both = AbortSignal.any([signal, leaving.signal])
  const waiting = Iterator.from(items)
  const running = new Map<number, Promise<{ readonly id: number; readonly result: Result }>>()
  let nextId = 0

  const start = (item: Item): void => {
    const id = nextId++
    running.set(
      id,
      work(item, both).then((result) => ({ id, result })),
    )
  }

  try {
    for (const item of waiting) {
      start(item)
      if (running.size < limit) continue
      yield await next(running)
    }
    while (running.size > 0) yield await next(running)
  } finally {
    leaving.abort()
    await Promise.allSettled(running.values())
  }
}

async function next<Result>(
  running: Map<number, Promise<{ readonly id: number; readonly result: Result }>>,
): Promise<Result> {
  const { id, result } = await Promise.race(running.values())
  running.delete(id)
  return result
}
