import type { IdentityId, SourceGroupId } from '../../identity/ids.ts'
import type { IdentityState, WantedAccount } from '../../planning/subject.ts'
import { dialectOf } from '../../store/dialect.ts'
import type { Tables } from '../../store/tables.ts'
import type { Db } from '../../store/transaction.ts'
import type { Leg } from '../marks/mark.ts'
import { numbersOf } from './numbers-of.ts'
import { toWantedAccount, wantedColumns } from './wanted-row.ts'

/** Identities with their direct groups, ascending by id: one statement for a thousand people. */
export async function loadIdentities(db: Db, leg: Leg, ids: readonly IdentityId[]): Promise<IdentityState[]> {
  const rows = await db
    .selectFrom('identity')
    .select([
      'id',
      'external_id',
      'user_name',
      'email',
      'display_name',
      'active',
      'attributes',
      'deleted_at',
      'missing_at',
      (eb) =>
        eb
          .selectFrom('identity_membership as member')
          .whereRef('member.identity_id', '=', 'identity.id')
          .select(({ ref }) => dialectOf(db).arrayOf(ref('member.source_group_id')).as('groups'))
          .as('groups'),
    ])
    .where('id', 'in', dialectOf(db).integers(ids))
    .where('connection_id', '=', leg.connection)
    .execute()
  return rows.map(toIdentity).sort((a, b) => a.id - b.id)
}

type IdentityRow = Omit<Tables['identity'], 'id' | 'connection_id' | 'content_hash'> & {
  id: IdentityId
  groups: string | null
}

const toIdentity = (row: IdentityRow): IdentityState => ({
  id: row.id,
  externalId: row.external_id,
  userName: row.user_name,
  email: row.email ?? undefined,
  displayName: row.display_name ?? undefined,
  active: row.active === 1,
  attributes: JSON.parse(row.attributes),
  deletedAt: row.deleted_at ?? undefined,
  missingAt: row.missing_at ?? undefined,
  directGroups: numbersOf<SourceGroupId>(row.groups),
})

/** What the policy made of these identities when they were projected last. */
export async function loadWanted(
  db: Db,
  { connection, target }: Leg,
  ids: readonly IdentityId[],
): Promise<Map<IdentityId, WantedAccount>> {
  const rows = await db
    .selectFrom('wanted_account as wanted')
    .select(['wanted.identity_id', ...wantedColumns])
    .where('wanted.target_id', '=', target)
    .where('wanted.connection_id', '=', connection)
    .where('wanted.identity_id', 'in', dialectOf(db).integers(ids))
    .execute()
  return new Map(rows.map((row) => [row.identity_id, toWantedAccount(row)]))
}
