import type { Instant, NameKey } from '../identity/ids.ts'
import type { Finding } from './finding.ts'
import type { Operation } from './operation.ts'
import type { PlanContext } from './plan-context.ts'
import type { Subject } from './subject.ts'

export interface Comparison {
  /** In the order in which this person's operations have to happen. */
  readonly operations: readonly Operation[]
  readonly findings: readonly Finding[]
  /** Keys of groups to create or bind first, or that are blocked: for `planNeededGroups`. */
  readonly neededGroups: readonly NameKey[]
  /** When to look again though nothing changed: a grace period ends. */
  readonly wakeAt: Instant | undefined
}

export function compareIdentity(_subject: Subject, _context: PlanContext): Comparison {
  throw new Error('being written')
}
