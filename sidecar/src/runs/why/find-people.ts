import type { ConnectionId, ExternalId, IdentityId, TargetId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import { dialectOf } from '../../store/dialect.ts'
import type { Db } from '../../store/transaction.ts'

export interface AskedFor {
  readonly user: string
  readonly group: string | undefined
  readonly connection: ConnectionId | undefined
  readonly target: TargetId | undefined
}

export interface FoundPerson {
  readonly id: IdentityId
  readonly externalId: ExternalId
  readonly userName: string
  readonly displayName: string | undefined
  readonly active: boolean
  readonly connection: { readonly id: ConnectionId; readonly slug: string; readonly name: string }
}

/** More people than this are not one person whom somebody asks about. */
const atMost = 20

/** By what the provider calls them, by what the policies make of that, and by the account that is theirs. */
export async function findPeople(db: Db, asked: AskedFor): Promise<readonly FoundPerson[]> {
  const ids = [
    ...new Set([...(await atProvider(db, asked)), ...(await byWantedName(db, asked)), ...(await byAccount(db, asked))]),
  ]
  const rows = await db
    .selectFrom('identity')
    .innerJoin('connection', 'connection.id', 'identity.connection_id')
    .select(['identity.id', 'external_id', 'user_name', 'display_name', 'active'])
    .select(['connection.id as connection_id', 'connection.slug', 'connection.name'])
    .where('identity.id', 'in', dialectOf(db).integers(ids))
    .where('connection.removed_at', 'is', null)
    .$if(asked.connection !== undefined, (query) => query.where('connection.id', '=', asked.connection as ConnectionId))
    .orderBy('connection.position')
    .orderBy('identity.id')
    .limit(atMost)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    externalId: row.external_id,
    userName: row.user_name,
    displayName: row.display_name ?? undefined,
    active: row.active === 1,
    connection: { id: row.connection_id, slug: row.slug, name: row.name },
  }))
}

async function atProvider(db: Db, { user }: AskedFor): Promise<IdentityId[]> {
  const rows = await db
    .selectFrom('identity')
    .select('id')
    .where(({ or, eb }) =>
      or([
        eb('external_id', '=', user as ExternalId),
        eb('user_name', 'in', [user, nameKey(user)]),
        eb('email', 'in', [user, nameKey(user)]),
      ]),
    )
    .limit(atMost)
    .execute()
  return rows.map(({ id }) => id)
}

async function byWantedName(db: Db, { user }: AskedFor): Promise<IdentityId[]> {
  const key = nameKey(user)
  const rows = await db
    .selectFrom('wanted_account')
    .select('identity_id')
    .where('target_id', 'in', db.selectFrom('target').select('id'))
    .where(({ or, eb }) => or([eb('name_key', '=', key), eb('email_key', '=', key)]))
    .limit(atMost * 10)
    .execute()
  return rows.map(({ identity_id }) => identity_id)
}

async function byAccount(db: Db, { user }: AskedFor): Promise<IdentityId[]> {
  const rows = await db
    .selectFrom('account')
    .innerJoin('claim', 'claim.account_id', 'account.id')
    .select('claim.identity_id')
    .where('account.target_id', 'in', db.selectFrom('target').select('id'))
    .where('account.name_key', '=', nameKey(user))
    .execute()
  return rows.map(({ identity_id }) => identity_id)
}
