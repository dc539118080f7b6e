import type {
  AccountId,
  AccountKey,
  ConnectionId,
  IdentityId,
  Instant,
  NameKey,
  TargetGroupId,
} from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import type { ExceptionBook } from '../../planning/exceptions.ts'
import type { Operation } from '../../planning/operation.ts'
import { dialectOf } from '../../store/dialect.ts'
import type { Db } from '../../store/transaction.ts'
import { readExceptions } from '../exceptions/exceptions.ts'
import { type ExecutedPlan, type JournaledOperation, type SubjectKey, subjectOf } from './journaled-operation.ts'

/** An account as stored when an operation on it is about to be sent. */
export interface StoredAccount {
  readonly id: AccountId
  readonly key: AccountKey
  readonly name: string
  readonly email: string | undefined
  readonly displayName: string
  readonly active: boolean
  readonly gone: boolean
}

export interface StoredClaimant {
  readonly connection: ConnectionId
  readonly identity: IdentityId
  /** Its person left: whoever wants the account now may adopt it. */
  readonly left: boolean
}

/** What is stored now about the subjects of some operations: a plan may be a day old when it is executed. */
export interface WindowFacts {
  /** Marked again after the plan began. */
  isMarkedSince(subject: SubjectKey): boolean
  /** Some group of the source was; looked up only where an operation depends on which groups are mapped. */
  readonly isGroupMarkedSince: boolean
  revisionOf(identity: IdentityId): string | undefined
  /** The account that the identity claims for the plan's connection. */
  claimedBy(identity: IdentityId): StoredAccount | undefined
  account(id: AccountId): StoredAccount | undefined
  claimantOf(account: AccountId): StoredClaimant | undefined
  isMember(account: AccountId, group: TargetGroupId): boolean
  group(key: NameKey): TargetGroupId | undefined
  /** What is to be left alone now, also if somebody said so after the plan was made. */
  readonly exceptions: ExceptionBook
}

/** A handful of set queries for any number of operations. */
export async function readWindowFacts(
  db: Db,
  plan: ExecutedPlan,
  operations: readonly JournaledOperation[],
  now: Instant,
): Promise<WindowFacts> {
  const subjects = operations.flatMap(({ operation }) => subjectOf(operation) ?? [])
  const identities = [...new Set(subjects.filter(({ kind }) => kind === 'identity').map(({ id }) => id as IdentityId))]
  const sourceGroups = subjects.filter(({ kind }) => kind === 'sourceGroup').map(({ id }) => id)
  const marked = new Set([
    ...(await readMarkedSince(db, plan, 'identity', identities, now)),
    ...(await readMarkedSince(db, plan, 'sourceGroup', sourceGroups, now)),
  ])
  const revisions = await readRevisions(db, plan, identities)
  const named = operations.flatMap(({ operation }) => accountIdOf(operation) ?? [])
  const { accounts, claimants, claimed } = await readAccounts(db, plan, identities, named)
  const groups = await readGroups(db, plan, operations)
  const members = await readMembers(db, operations, accounts, groups)
  return {
    isMarkedSince: ({ kind, id }) => marked.has(`${kind} ${id}`),
    isGroupMarkedSince:
      operations.some(({ operation }) => operation.kind === 'removeUnclaimed') &&
      (await readAnyGroupMarked(db, plan, now)),
    revisionOf: (identity) => revisions.get(identity),
    claimedBy: (identity) => claimed.get(identity),
    account: (id) => accounts.get(id),
    claimantOf: (account) => claimants.get(account),
    isMember: (account, group) => members.has(`${account} ${group}`),
    group: (key) => groups.get(key),
    exceptions: await readExceptions(db, plan.target, now),
  }
}

const accountIdOf = (operation: Operation): AccountId | undefined =>
  'account' in operation ? operation.account.id : undefined

/** What an undo itself sets in motion does not stop the rest of it; what the source says does. */
const fromTheSource = ['identityChanged', 'membershipChanged', 'groupChanged', 'assignmentChanged'] as const

/** A mark that is due only later (a grace period that ends) is no change that the plan did not see. */
async function readMarkedSince(
  db: Db,
  plan: ExecutedPlan,
  kind: SubjectKey['kind'],
  ids: readonly number[],
  now: Instant,
): Promise<readonly string[]> {
  if (ids.length === 0) return []
  const rows = await markedSince(db, plan, kind, now)
    .select('subject_id')
    .where('subject_id', 'in', dialectOf(db).integers(ids))
    .execute()
  return rows.map((row) => `${kind} ${row.subject_id}`)
}

async function readAnyGroupMarked(db: Db, plan: ExecutedPlan, now: Instant): Promise<boolean> {
  const marks = markedSince(db, plan, 'sourceGroup', now).where('reason', 'in', fromTheSource)
  const row = await marks.select('subject_id').limit(1).executeTakeFirst()
  return row !== undefined
}

const markedSince = (
  db: Db,
  { target, connection, markSeq, undo }: ExecutedPlan,
  kind: SubjectKey['kind'],
  now: Instant,
) =>
  db
    .selectFrom('dirty')
    .$if(undo !== undefined, (query) => query.where('reason', 'in', fromTheSource))
    .where('target_id', '=', target)
    .where('connection_id', '=', connection)
    .where('subject_kind', '=', kind)
    .where('seq', '>', markSeq)
    .where((where) => where.or([where('not_before', 'is', null), where('not_before', '<=', now)]))

async function readRevisions(db: Db, { target, connection }: ExecutedPlan, identities: readonly IdentityId[]) {
  if (identities.length === 0) return new Map<IdentityId, string>()
  const rows = await db
    .selectFrom('wanted_account')
    .select(['identity_id', 'revision'])
    .where('target_id', '=', target)
    .where('connection_id', '=', connection)
    .where('identity_id', 'in', dialectOf(db).integers(identities))
    .execute()
  return new Map(rows.map((row) => [row.identity_id, row.revision]))
}

/** The accounts that operations name and those that their identities claim, with whoever claims them. */
async function readAccounts(
  db: Db,
  plan: ExecutedPlan,
  identities: readonly IdentityId[],
  named: readonly AccountId[],
) {
  const accounts = new Map<AccountId, StoredAccount>()
  const claimants = new Map<AccountId, StoredClaimant>()
  const claimed = new Map<IdentityId, StoredAccount>()
  const rows = [...(await readClaimed(db, plan, identities)), ...(await readNamed(db, plan, named))]
  for (const row of rows) {
    const account = toStoredAccount(row)
    accounts.set(account.id, account)
    if (row.identity_id === null || row.claiming === null) continue
    claimants.set(account.id, {
      connection: row.claiming,
      identity: row.identity_id,
      // Whoever is disabled is still known at the provider, and keeps the account.
      left: row.state === 'deleted' || row.state === 'outOfScope',
    })
    if (row.claiming === plan.connection) claimed.set(row.identity_id, account)
  }
  return { accounts, claimants, claimed }
}

const accountColumns = [
  'account.id',
  'account.account_key',
  'account.name',
  'account.email',
  'account.display_name',
  'account.active',
  'account.missing_at',
] as const

async function readClaimed(db: Db, { target }: ExecutedPlan, identities: readonly IdentityId[]) {
  if (identities.length === 0) return []
  return db
    .selectFrom('claim')
    .innerJoin('account', 'account.id', 'claim.account_id')
    .select(accountColumns)
    .select(['claim.connection_id as claiming', 'claim.identity_id', ({ lit }) => lit(null).as('state')])
    .where('claim.target_id', '=', target)
    .where('claim.identity_id', 'in', dialectOf(db).integers(identities))
    .execute()
}

async function readNamed(db: Db, { target }: ExecutedPlan, ids: readonly AccountId[]) {
  if (ids.length === 0) return []
  return db
    .selectFrom('account')
    .leftJoin('claim', 'claim.account_id', 'account.id')
    .leftJoin('wanted_account as wanted', (join) =>
      join
        .onRef('wanted.target_id', '=', 'claim.target_id')
        .onRef('wanted.connection_id', '=', 'claim.connection_id')
        .onRef('wanted.identity_id', '=', 'claim.identity_id'),
    )
    .select(accountColumns)
    .select(['claim.connection_id as claiming', 'claim.identity_id', 'wanted.state'])
    .where('account.id', 'in', dialectOf(db).integers(ids))
    .where('account.target_id', '=', target)
    .execute()
}

type AccountRow = Awaited<ReturnType<typeof readNamed>>[number]

const toStoredAccount = (
  row: Pick<AccountRow, 'id' | 'account_key' | 'name' | 'email' | 'display_name' | 'active' | 'missing_at'>,
): StoredAccount => ({
  id: row.id,
  key: row.account_key,
  name: row.name,
  email: row.email ?? undefined,
  displayName: row.display_name,
  active: row.active === 1,
  gone: row.missing_at !== null,
})

function groupNames(operation: Operation): readonly string[] {
  if ('groups' in operation) return operation.groups.map(({ name }) => name)
  if ('child' in operation) return [operation.group.name, operation.child.name]
  return 'group' in operation ? [operation.group.name] : []
}

async function readGroups(db: Db, { target }: ExecutedPlan, operations: readonly JournaledOperation[]) {
  const keys = [...new Set(operations.flatMap(({ operation }) => groupNames(operation).map(nameKey)))]
  if (keys.length === 0) return new Map<NameKey, TargetGroupId>()
  const rows = await db
    .selectFrom('target_group')
    .select(['id', 'name_key'])
    .where('target_id', '=', target)
    .where('name_key', 'in', dialectOf(db).texts(keys))
    .execute()
  return new Map(rows.map((row) => [row.name_key, row.id]))
}

const membershipKinds: ReadonlySet<Operation['kind']> = new Set([
  'addMember',
  'removeMember',
  'removeUnclaimed',
  'returnUnclaimed',
  'revokeAccess',
  'restoreAccess',
])

/** Which of the accounts are in which of the groups, as stored. */
async function readMembers(
  db: Db,
  operations: readonly JournaledOperation[],
  accounts: ReadonlyMap<AccountId, StoredAccount>,
  groups: ReadonlyMap<NameKey, TargetGroupId>,
): Promise<ReadonlySet<string>> {
  const asks = operations.some(({ operation: { kind } }) => membershipKinds.has(kind))
  if (!asks || accounts.size === 0 || groups.size === 0) return new Set()
  const rows = await db
    .selectFrom('account_membership')
    .select(['account_id', 'target_group_id'])
    .where('account_id', 'in', dialectOf(db).integers([...accounts.keys()]))
    .where('target_group_id', 'in', dialectOf(db).integers([...groups.values()]))
    .execute()
  return new Set(rows.map((row) => `${row.account_id} ${row.target_group_id}`))
}
