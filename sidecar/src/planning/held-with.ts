import type { OperationKind } from './operation.ts'

/** What is needed of an operation to know whether it waits with a held one. */
export interface HoldLink {
  readonly position: number
  readonly kind: OperationKind
  /** Identity or source group. */
  readonly subject: string
  readonly after: readonly number[]
  /** A rename to a temporary name. */
  readonly temporary: boolean
}

/**
 * `held` and all that waits with it: what comes `after` it, everything of a person whose account will not be ours, the
 * detour of a rename (nobody is left under a temporary name), the reassignments of a departure.
 */
export function heldWith(operations: readonly HoldLink[], held: ReadonlySet<number>): ReadonlySet<number> {
  const bySubject = Map.groupBy(operations, ({ subject }) => subject)
  const waiting = new Map<number, HoldLink[]>()
  for (const operation of operations) {
    for (const first of operation.after) waiting.set(first, [...(waiting.get(first) ?? []), operation])
  }
  const byPosition = new Map(operations.map((operation) => [operation.position, operation]))
  const closed = new Set(held)
  // A set grows while it is iterated.
  for (const position of closed) {
    const operation = byPosition.get(position)
    const siblings = operation === undefined ? [] : heldSiblings(operation, bySubject.get(operation.subject) ?? [])
    for (const other of [...(waiting.get(position) ?? []), ...siblings]) closed.add(other.position)
  }
  return closed
}

function heldSiblings(operation: HoldLink, siblings: readonly HoldLink[]): readonly HoldLink[] {
  switch (operation.kind) {
    case 'createUser':
    case 'adoptAccount':
      return siblings
    case 'renameUser':
      return siblings.filter(({ temporary }) => temporary)
    case 'deactivateUser':
    case 'deleteUser':
      return siblings.filter(({ kind }) => kind === 'reassignProjectLead' || kind === 'reassignComponentLead')
    default:
      return []
  }
}
