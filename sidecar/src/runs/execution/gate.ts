export type Gate = ReturnType<typeof createGate>

interface Visitor {
  readonly alone: boolean
  readonly enter: () => void
}

/** Many may be inside together, or one alone; first come, first served. */
export function createGate() {
  const queue: Visitor[] = []
  let inside = 0
  let occupied = false

  function admit(): void {
    for (;;) {
      const first = queue[0]
      if (!first || occupied || (first.alone && inside > 0)) return
      queue.shift()
      inside += 1
      occupied = first.alone
      first.enter()
    }
  }

  async function pass<T>(alone: boolean, action: () => Promise<T>): Promise<T> {
    await new Promise<void>((enter) => {
      queue.push({ alone, enter })
      admit()
    })
    try {
      return await action()
    } finally {
      inside -= 1
      occupied = false
      admit()
    }
  }

  return {
    together: <T>(action: () => Promise<T>) => pass(false, action),
    alone: <T>(action: () => Promise<T>) => pass(true, action),
  }
}
