import type { IdentityId, Instant } from '../../identity/ids.ts'
import type { WantedAccount } from '../../planning/subject.ts'
import type { Db } from '../../store/transaction.ts'
import type { Leg } from '../marks/mark.ts'

/** A kind of absence that ends in an action, and since when it has to last for that. */
export interface EndedGrace {
  readonly state: WantedAccount['state']
  readonly since: Instant
  /** Accounts that are inactive already have something to lose, too. */
  readonly inactiveToo: boolean
}

/**
 * People whose grace is over, who still have what it takes away, and whom no mark names: a mark that waited for the end
 * of grace is gone when something else about the person was settled meanwhile.
 */
export async function graceEnded(db: Db, { connection, target }: Leg, ended: EndedGrace): Promise<IdentityId[]> {
  const rows = await db
    .selectFrom('wanted_account as wanted')
    .innerJoin('claim', (join) =>
      join
        .onRef('claim.target_id', '=', 'wanted.target_id')
        .onRef('claim.identity_id', '=', 'wanted.identity_id')
        .onRef('claim.connection_id', '=', 'wanted.connection_id'),
    )
    .innerJoin('account', 'account.id', 'claim.account_id')
    .select('wanted.identity_id')
    .where('wanted.target_id', '=', target)
    .where('wanted.connection_id', '=', connection)
    .where('wanted.state', '=', ended.state)
    .where('wanted.since', '<=', ended.since)
    .where('account.missing_at', 'is', null)
    .where('account.active', '>=', ended.inactiveToo ? 0 : 1)
    .where(({ not, exists, selectFrom, or, lit, eb }) =>
      // Whose access is taken has nothing more to lose than who is deactivated.
      or([
        eb(lit(ended.inactiveToo), '=', lit(true)),
        not(
          exists(
            selectFrom('revoked_access')
              .select('revoked_access.account_id')
              .whereRef('revoked_access.account_id', '=', 'account.id'),
          ),
        ),
      ]),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('dirty')
            .select('dirty.seq')
            .where('dirty.target_id', '=', target)
            .where('dirty.connection_id', '=', connection)
            .where('dirty.subject_kind', '=', 'identity')
            .whereRef('dirty.subject_id', '=', 'wanted.identity_id'),
        ),
      ),
    )
    .orderBy('wanted.identity_id')
    .execute()
  return rows.map((row) => row.identity_id)
}
