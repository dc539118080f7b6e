import type { WhyOtherAccount } from '@rollcall/contract/api/why'
import type { AccountId, IdentityId, TargetId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import type { Db } from '../../store/transaction.ts'
import type { AskedFor } from './find-people.ts'

/** What the products have under the name (or with the address), if it is none of these people's. */
export async function findOtherAccounts(
  db: Db,
  { user, target }: AskedFor,
  people: ReadonlySet<IdentityId>,
): Promise<WhyOtherAccount[]> {
  const key = nameKey(user)
  const rows = await db
    .selectFrom('account')
    .innerJoin('target', 'target.id', 'account.target_id')
    .leftJoin('claim', 'claim.account_id', 'account.id')
    .leftJoin('identity', 'identity.id', 'claim.identity_id')
    .leftJoin('connection', 'connection.id', 'claim.connection_id')
    .select(['account.id', 'account.name', 'account.display_name', 'account.active', 'claim.identity_id'])
    .select(['target.slug as target_slug', 'target.name as target_name'])
    .select(['connection.slug as connection_slug', 'connection.name as connection_name', 'identity.user_name'])
    .where('target.removed_at', 'is', null)
    .where('account.missing_at', 'is', null)
    .where(({ or, eb }) => or([eb('account.name_key', '=', key), eb('account.email_key', '=', key)]))
    .$if(target !== undefined, (query) => query.where('target.id', '=', target as TargetId))
    .orderBy('target.id')
    .orderBy('account.id')
    .limit(50)
    .execute()
  const others = rows.filter(({ identity_id }) => identity_id === null || !people.has(identity_id))
  return Promise.all(
    others.map(async (row) => ({
      target: { slug: row.target_slug, name: row.target_name },
      name: row.name,
      displayName: row.display_name,
      active: row.active === 1,
      groups: await groupsOf(db, row.id),
      ...(row.connection_slug !== null && {
        claimedBy: {
          connection: { slug: row.connection_slug, name: row.connection_name ?? row.connection_slug },
          userName: row.user_name ?? '',
        },
      }),
    })),
  )
}

async function groupsOf(db: Db, account: AccountId): Promise<string[]> {
  const rows = await db
    .selectFrom('account_membership')
    .innerJoin('target_group', 'target_group.id', 'account_membership.target_group_id')
    .select('target_group.name')
    .where('account_membership.account_id', '=', account)
    .orderBy('target_group.name_key')
    .execute()
  return rows.map(({ name }) => name)
}
