/** Writes that are waited for one later, so that the next piece is prepared while the main thread stores the last one. */
export interface OneWriteAhead {
  /** Starts `write` once the one before has ended; rejects with what that one failed with. */
  add(write: () => Promise<void>): Promise<void>
  /** Ends when everything is written, or rejects with what failed. */
  end(): Promise<void>
}

export function oneWriteAhead(): OneWriteAhead {
  let underWay = Promise.resolve()
  return {
    async add(write) {
      await underWay
      underWay = write()
      // It is told to whoever comes next; until then it is no unhandled rejection.
      underWay.catch(() => {})
    },
    end: () => underWay,
  }
}
