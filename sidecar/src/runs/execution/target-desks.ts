import type { TargetEntry } from '@rollcall/contract/configuration'
import type { TargetId } from '../../identity/ids.ts'
import type { AuditTrail } from '../../state/audit/audit-trail.ts'
import type { Db } from '../../store/transaction.ts'
import type { Target } from '../../targets/target.ts'
import type { OpenOptions } from '../../targets/throttling.ts'
import type { Clock } from './clock.ts'
import { createGate, type Gate } from './gate.ts'
import { createTargetExecutor, type TargetExecutor } from './target-executor.ts'

/** The largest setting; the one of the target applies as soon as it is opened. */
const mostConcurrency = 64

export interface OpenedTarget {
  readonly entry: TargetEntry
  readonly target: Target
}

export type OpenTarget = (id: TargetId, options: OpenOptions) => Promise<OpenedTarget>

/** Where everything that one target is asked for or told comes together, from all connections. */
export interface TargetDesk {
  readonly executor: TargetExecutor
  /** A listing of everything stands alone: what is written while it is made would look as if it had never been. */
  readonly gate: Gate
  open(): Promise<OpenedTarget>
}

export type TargetDesks = (id: TargetId) => TargetDesk

interface TargetDesksOptions {
  readonly db: Db
  readonly clock: Clock
  readonly random: () => number
  readonly audit: AuditTrail
  readonly openTarget: OpenTarget
}

/** One desk for each target, for as long as the process lives. */
export function createTargetDesks({ db, clock, random, audit, openTarget }: TargetDesksOptions): TargetDesks {
  const desks = new Map<TargetId, TargetDesk>()

  function newDesk(target: TargetId): TargetDesk {
    const executor = createTargetExecutor({ db, target, clock, random, audit, concurrency: mostConcurrency })
    const open = async () => {
      const opened = await openTarget(target, { onThrottled: () => executor.throttled() })
      executor.allow(opened.entry.concurrency)
      return opened
    }
    return { executor, gate: createGate(), open }
  }

  return (id) => {
    const desk = desks.get(id) ?? newDesk(id)
    desks.set(id, desk)
    return desk
  }
}
