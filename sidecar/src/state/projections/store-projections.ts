import type { IdentityId, Instant, NameKey } from '../../identity/ids.ts'
import type { WantedAccount } from '../../planning/subject.ts'
import { dialectOf } from '../../store/dialect.ts'
import { insertRows } from '../../store/insert-rows.ts'
import type { Trx } from '../../store/transaction.ts'
import type { Leg } from '../marks/mark.ts'
import { wakeContenders } from './wake-contenders.ts'
import { emailKey, toWantedRow } from './wanted-row.ts'

export interface ProjectionPiece {
  readonly leg: Leg
  readonly asOf: Instant
  /** Of the plan that projects: whom it wakes in its own leg it also compares. */
  readonly markSeq: number
  readonly projections: readonly { readonly identity: IdentityId; readonly wanted: WantedAccount }[]
}

const columns = [
  'target_id',
  'connection_id',
  'identity_id',
  'state',
  'since',
  'name',
  'name_key',
  'email',
  'email_key',
  'display_name',
  'attributes',
  'revision',
] as const

const written = ['state', 'since', 'name', 'name_key', 'email', 'email_key', 'display_name', 'attributes', 'revision']
const onConflict = `on conflict (target_id, connection_id, identity_id) do update set ${written.map((column) => `${column} = excluded.${column}`).join()}`

/**
 * Stores changed projections, and marks whoever waits for a name that nobody here wants any more. Gives back whom of its
 * own leg.
 */
export async function storeProjections(trx: Trx, piece: ProjectionPiece): Promise<readonly IdentityId[]> {
  const freed = await freedNames(trx, piece)
  const values = piece.projections.flatMap(({ identity, wanted }) => {
    const row = toWantedRow(piece.leg, identity, wanted)
    return columns.map((column) => row[column])
  })
  await insertRows(trx, { table: 'wanted_account', columns, values, onConflict })
  return wakeContenders(trx, piece, freed)
}

/** Names and e-mail addresses. Only who is wanted wants a name: whoever is disabled or gone takes none. */
async function freedNames(trx: Trx, { leg, projections }: ProjectionPiece): Promise<NameKey[]> {
  const now = new Map(projections.map(({ identity, wanted }) => [identity, wanted]))
  const before = await trx
    .selectFrom('wanted_account')
    .select(['identity_id', 'name_key', 'email_key'])
    .where('target_id', '=', leg.target)
    .where('connection_id', '=', leg.connection)
    .where('identity_id', 'in', dialectOf(trx).integers([...now.keys()]))
    .where('state', '=', 'wanted')
    .execute()
  const freed = before.flatMap((row) => {
    const wanted = now.get(row.identity_id)
    if (wanted === undefined) return []
    const kept = new Set(wanted.state === 'wanted' ? [wanted.nameKey, emailKey(wanted.email)] : [])
    return [row.name_key, row.email_key].filter((key) => key !== null && !kept.has(key)) as NameKey[]
  })
  return [...new Set(freed)]
}
