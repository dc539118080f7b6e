import type { AccountId, ConnectionId, Instant, NameKey, TargetGroupId, TargetId } from '../../identity/ids.ts'
import type { CandidateAccount, Claimant, GrantState, WantedAccount } from '../../planning/subject.ts'
import { dialectOf } from '../../store/dialect.ts'
import type { Db } from '../../store/transaction.ts'
import { accountColumns, toAccountState } from './account-row.ts'
import { membershipsOf } from './load-claims.ts'
import { loadRevoked, noneRevoked } from './load-revoked.ts'
import { numbersOf } from './numbers-of.ts'

/** True when the person left for good by the rules of that connection: the account may be adopted by who wants it now. */
export type HasLeft = (connection: ConnectionId, state: WantedAccount['state'], since: Instant) => boolean

/** An account that matches one of the asked keys; which of its two keys it was is for the asking person to say. */
export interface MatchedAccount extends Omit<CandidateAccount, 'matchedBy'> {
  readonly emailKey: NameKey | undefined
}

type Matching = { readonly by: 'name_key' | 'email_key'; readonly keys: readonly NameKey[] }

/** The accounts of a target with one of these names (or e-mail addresses), and who claims them. */
export async function loadCandidates(
  db: Db,
  target: TargetId,
  { by, keys }: Matching,
  hasLeft: HasLeft,
  connection: ConnectionId,
): Promise<readonly MatchedAccount[]> {
  if (keys.length === 0) return []
  const rows = await candidateRows(db, target, { by, keys })
  const ids = rows.map((row) => row.id)
  const revoked = await loadRevoked(db, ids)
  const grants = await grantsOf(db, connection, ids)
  return rows.map((row) => ({
    account: toAccountState(row),
    emailKey: row.email_key ?? undefined,
    memberships: numbersOf<TargetGroupId>(row.memberships),
    revoked: revoked.get(row.id) ?? noneRevoked,
    claimedBy: claimantOf(row, hasLeft),
    releasedBy: formerOwnerOf(row, hasLeft),
    grants: grants.get(row.id) ?? noGrants,
  }))
}

const candidateRows = (db: Db, target: TargetId, { by, keys }: Matching) =>
  db
    .selectFrom('account')
    .leftJoin('claim', 'claim.account_id', 'account.id')
    .leftJoin('connection', 'connection.id', 'claim.connection_id')
    .leftJoin('wanted_account as wanted', (join) =>
      join
        .onRef('wanted.target_id', '=', 'claim.target_id')
        .onRef('wanted.connection_id', '=', 'claim.connection_id')
        .onRef('wanted.identity_id', '=', 'claim.identity_id'),
    )
    .leftJoin('former_claim as former', 'former.account_id', 'account.id')
    .leftJoin('wanted_account as former_wanted', (join) =>
      join
        .on('former_wanted.target_id', '=', target)
        .onRef('former_wanted.connection_id', '=', 'former.connection_id')
        .onRef('former_wanted.identity_id', '=', 'former.identity_id'),
    )
    .select([
      ...accountColumns,
      'former.connection_id as former_connection',
      'former.identity_id as former_identity',
      'former_wanted.state as former_state',
      'former_wanted.since as former_since',
      'account.email_key',
      'claim.identity_id',
      'claim.connection_id',
      'connection.name as connection_name',
      'wanted.name_key as wanted_name_key',
      'wanted.state as wanted_state',
      'wanted.since as wanted_since',
      (eb) => membershipsOf(db, eb).as('memberships'),
    ])
    .where('account.target_id', '=', target)
    .where(`account.${by}`, 'in', dialectOf(db).texts(keys))
    .orderBy('account.id')
    .execute()

type CandidateRow = Awaited<ReturnType<typeof candidateRows>>[number]

function claimantOf(row: CandidateRow, hasLeft: HasLeft): Claimant | undefined {
  if (row.connection_id === null || row.identity_id === null) return undefined
  const { wanted_state: state, wanted_since: since } = row
  return {
    connection: row.connection_id,
    connectionName: row.connection_name ?? '',
    identity: row.identity_id,
    wantedNameKey: row.wanted_name_key ?? undefined,
    left: state !== null && since !== null && hasLeft(row.connection_id, state, since),
  }
}

/** Whoever claimed the account last, if they are gone; of whom nothing is wanted any more nothing is known. */
function formerOwnerOf(row: CandidateRow, hasLeft: HasLeft): CandidateAccount['releasedBy'] {
  const { former_connection: connection, former_identity: identity, former_state: state, former_since: since } = row
  if (row.connection_id !== null || connection === null || identity === null) return undefined
  const left = state === null || since === null || hasLeft(connection, state, since)
  return left ? { connection, identity } : undefined
}

const noGrants: readonly GrantState[] = []

async function grantsOf(
  db: Db,
  connection: ConnectionId,
  accounts: readonly AccountId[],
): Promise<ReadonlyMap<AccountId, readonly GrantState[]>> {
  if (accounts.length === 0) return new Map()
  const rows = await db
    .selectFrom('granted_membership')
    .select(['account_id', 'target_group_id', 'how'])
    .where('account_id', 'in', dialectOf(db).integers(accounts))
    .where('connection_id', '=', connection)
    .orderBy('target_group_id')
    .execute()
  const byAccount = Map.groupBy(rows, (row) => row.account_id)
  return new Map(
    [...byAccount].map(([account, grants]) => [
      account,
      grants.map(({ target_group_id: group, how }) => ({ group, connection, how })),
    ]),
  )
}
