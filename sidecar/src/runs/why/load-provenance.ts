import type { IdentityId, Instant, NameKey } from '../../identity/ids.ts'
import type { Leg } from '../../state/marks/mark.ts'
import type { Db } from '../../store/transaction.ts'

export interface Provenance {
  readonly claim: { readonly how: string; readonly since: Instant } | undefined
  /** By the key of the group's name. */
  readonly grants: ReadonlyMap<NameKey, { readonly how: string; readonly since: Instant }>
}

/** Since when the account and its memberships are ours to take back, and how they came to be. */
export async function loadProvenance(db: Db, { connection, target }: Leg, identity: IdentityId): Promise<Provenance> {
  const claim = await db
    .selectFrom('claim')
    .select(['account_id', 'how', 'since'])
    .where('target_id', '=', target)
    .where('connection_id', '=', connection)
    .where('identity_id', '=', identity)
    .executeTakeFirst()
  if (claim === undefined) return { claim: undefined, grants: new Map() }
  const rows = await db
    .selectFrom('granted_membership as granted')
    .innerJoin('target_group', 'target_group.id', 'granted.target_group_id')
    .select(['target_group.name_key', 'granted.how', 'granted.since'])
    .where('granted.account_id', '=', claim.account_id)
    .where('granted.connection_id', '=', connection)
    .execute()
  return {
    claim: { how: claim.how, since: claim.since },
    grants: new Map(rows.map(({ name_key, how, since }) => [name_key, { how, since }])),
  }
}
