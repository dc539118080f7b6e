/** One change of the directory. The position in the log is what a delta token remembers. */
export type Change =
  | { kind: 'object'; handle: number; properties: readonly string[] | 'all' }
  | { kind: 'membership'; group: number; member: number }

export type ChangeLog = ReturnType<typeof createChangeLog>

export function createChangeLog(changes: Change[] = []) {
  return {
    record: (change: Change) => void changes.push(change),
    /** The position after the last change. */
    now: () => changes.length,
    between: (since: number, until: number): readonly Change[] => changes.slice(since, until),
    all: (): readonly Change[] => changes,
  }
}
