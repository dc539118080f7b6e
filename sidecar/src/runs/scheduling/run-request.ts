import type { ConnectionId, IdentityId, PlanId, RunId, TargetId } from '../../identity/ids.ts'
import type { RunTrigger } from '../../state/runs/run-store.ts'

interface Asked {
  readonly trigger: RunTrigger
  /** Who asked, as an administrator knows them. */
  readonly requestedBy?: string | undefined
}

/** What a run is to do. */
export type RunRequest =
  | (Asked & {
      /** `plan` stops before anything is executed. */
      readonly mode: 'synchronize' | 'plan'
      /** Read a snapshot and list the targets, whatever their age. */
      readonly full?: boolean | undefined
      /** Only these people, as they are stored: the source is not read. */
      readonly subjects?: readonly IdentityId[] | undefined
      /** `skip`: only what is due by what is stored already. */
      readonly reading?: 'skip' | undefined
    })
  | ApplyRequest
  | UndoRequest

/** Executes exactly the plan that an administrator reviewed. */
export type ApplyRequest = Asked & {
  readonly mode: 'apply'
  readonly planId: PlanId
  /** The plan's own. */
  readonly target: TargetId
  readonly hash: string
  /** Also what is held. */
  readonly approve: boolean
  /** The plan was approved before and its execution interrupted. */
  readonly resume?: boolean
}

/** Plans to take back what a run did; nothing is sent before somebody applies that. */
export type UndoRequest = Asked & {
  readonly mode: 'undo'
  readonly undoes: RunId
  /** The plan of the run on each target. */
  readonly plans: ReadonlyMap<TargetId, PlanId>
  readonly deleteCreated: boolean
}

/** A run that is queued or under way. */
export interface OpenRun {
  readonly id: RunId
  readonly connection: ConnectionId
  readonly slug: string
  readonly request: RunRequest
}

/** Does `waiting` do all that `request` asks for? Then nobody has to ask twice. */
export function covers(waiting: RunRequest, request: RunRequest): boolean {
  if (waiting.mode === 'apply' || request.mode === 'apply') {
    return (
      waiting.mode === 'apply' &&
      request.mode === 'apply' &&
      waiting.planId === request.planId &&
      waiting.hash === request.hash &&
      waiting.approve === request.approve
    )
  }
  if (waiting.mode === 'undo' || request.mode === 'undo') {
    return (
      waiting.mode === 'undo' &&
      request.mode === 'undo' &&
      waiting.undoes === request.undoes &&
      waiting.deleteCreated === request.deleteCreated
    )
  }
  if (waiting.mode !== request.mode) return false
  if (waiting.full !== true && request.full === true) return false
  if (waiting.reading === 'skip' && request.reading !== 'skip') return false
  return coversSubjects(waiting.subjects, request.subjects)
}

function coversSubjects(waiting: readonly IdentityId[] | undefined, asked: readonly IdentityId[] | undefined): boolean {
  if (waiting === undefined || asked === undefined) return waiting === asked
  const known = new Set(waiting)
  return asked.every((id) => known.has(id))
}
