import type { NameKey } from '../identity/ids.ts'
import type { NameRules } from './capabilities.ts'
import type { Finding } from './finding.ts'
import type { PlannedOperation } from './operation.ts'

export interface Untangled {
  /** Operations to store instead of those with the same position (their `after`, or the start of a rename, changed). */
  readonly changed: readonly PlannedOperation[]
  /** Detours: renames to a temporary name that break a ring. */
  readonly added: readonly PlannedOperation[]
  /** Operations to take out; with `wholeSubject` all operations of that identity go, since its account will not exist. */
  readonly blocked: readonly {
    readonly operation: PlannedOperation
    readonly wholeSubject: boolean
    readonly finding: Finding
  }[]
}

/**
 * Orders operations by the names that they free and take. `operations`: all `createUser` and `renameUser` of the plan whose
 * new name somebody has now (`occupied`), and all `renameUser` and `deleteUser`, which free one.
 */
export function untangleNames(
  _operations: readonly PlannedOperation[],
  _occupied: ReadonlySet<NameKey>,
  _rules: NameRules,
): Untangled {
  throw new Error('being written')
}
