import type { IdentityId, Instant } from '../../identity/ids.ts'
import type { VetoBook } from '../../planning/undo/veto.ts'
import type { Leg } from '../../state/marks/mark.ts'
import { readLegs, readRunnable } from '../../state/runs/leg-settings.ts'
import { readVetoes } from '../../state/undo/vetoes.ts'
import type { Db } from '../../store/transaction.ts'

/** What keeps the plans of a leg, and this person's part in them, from being made and done. */
export interface LegState {
  readonly connectionName: string
  readonly targetName: string
  readonly connectionPaused: boolean
  readonly targetPaused: boolean
  readonly failures: number
  readonly notBefore: Instant | undefined
  readonly nextRunAt: Instant | undefined
  /** No plan of the leg was ever approved. */
  readonly first: boolean
  readonly vetoes: VetoBook
  /** The person's mark: looked at again then. */
  readonly mark: { readonly attempts: number; readonly notBefore: Instant | undefined } | undefined
}

export async function readLegState(db: Db, leg: Leg, identity: IdentityId, first: boolean): Promise<LegState> {
  const connection = await readRunnable(db, leg.connection)
  const setting = (await readLegs(db, leg.connection)).find(({ target }) => target === leg.target)
  const { next_run_at } = await db
    .selectFrom('connection')
    .select('next_run_at')
    .where('id', '=', leg.connection)
    .executeTakeFirstOrThrow()
  return {
    connectionName: connection?.name ?? '',
    targetName: setting?.name ?? '',
    connectionPaused: connection?.paused ?? false,
    targetPaused: setting?.paused ?? false,
    failures: setting?.failures ?? 0,
    notBefore: setting?.notBefore,
    nextRunAt: next_run_at ?? undefined,
    first,
    vetoes: await readVetoes(db, leg),
    mark: await readMark(db, leg, identity),
  }
}

async function readMark(db: Db, { connection, target }: Leg, identity: IdentityId): Promise<LegState['mark']> {
  const row = await db
    .selectFrom('dirty')
    .select(['attempts', 'not_before'])
    .where('connection_id', '=', connection)
    .where('target_id', '=', target)
    .where('subject_kind', '=', 'identity')
    .where('subject_id', '=', identity)
    .executeTakeFirst()
  return row && { attempts: row.attempts, notBefore: row.not_before ?? undefined }
}
