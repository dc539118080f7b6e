import type { TargetEntry } from '@rollcall/contract/configuration'
import type { Policy } from '@rollcall/contract/policy'
import type { IdentityRecord } from '../identity/identity.ts'
import type { ConnectionId, IdentityId, Instant, NameKey, TargetId } from '../identity/ids.ts'
import { nameKey } from '../identity/name-key.ts'
import type { Capabilities } from '../planning/capabilities.ts'
import { type CompiledUsers, compilePolicy } from '../planning/compile-policy.ts'
import { legalUserName } from '../planning/legal-name.ts'
import type { IdentityState } from '../planning/subject.ts'
import { ScimError } from '../scim-protocol/scim-error.ts'
import { type PlanCounts, totalOf } from '../state/plans/plan-counts.ts'
import type { Statements } from '../store/statements.ts'
import type { Db } from '../store/transaction.ts'

export interface CertainRefusals {
  /** Throws the SCIM error for a person whom a target is certain not to take, so that nothing is stored. Microseconds. */
  checkPerson(connection: ConnectionId, identity: IdentityRecord, occasion: 'create' | 'change'): void
  /** After the configuration was stored anew. */
  refresh(): Promise<void>
}

/** One target of a connection, as far as it can be asked without calling it. */
interface Leg {
  readonly target: TargetId
  readonly name: string
  readonly users: CompiledUsers
  readonly capabilities: Capabilities
  readonly protectedAccounts: ReadonlySet<NameKey>
  readonly full: FullProduct | undefined
}

/** A product in which a new account takes a seat, and none was left when it was last asked. */
interface FullProduct {
  readonly asOf: Instant
  /** What was pushed later may give a seat back. */
  readonly markSeq: number
}

/**
 * Kinds of products that put every new account into a group with a licence: Confluence does so itself and refuses with 402
 * (Confluence REST, session). Into Jira and Bitbucket accounts are written without one; there a seat comes with a group.
 */
const creationTakesSeat: ReadonlySet<string> = new Set(['confluence'])

/** Longer than this nothing is certain about seats: an administrator may have given some back, and only a run would notice. */
const seatsCertainMs = 300_000

/** What is read here of a target's stored description. */
interface Described {
  readonly capabilities: Capabilities
  readonly seats?: readonly { readonly remaining?: number }[]
}

/** Targets describe themselves at every run; older knowledge than this is read again, beside the requests. */
const staleMs = 10_000

export interface RefusalsOptions {
  readonly db: Db
  readonly read: Statements
  readonly now: () => number
  readonly report: (error: unknown) => void
}

/**
 * What is certain before anything is stored: names that a target cannot have, protected accounts, a directory that was seen to
 * be read-only, seats that were seen to be gone. Whatever depends on more than the person and stored facts is left to the plan and its findings.
 */
export async function loadCertainRefusals({ db, read, now, report }: RefusalsOptions): Promise<CertainRefusals> {
  let legs: ReadonlyMap<ConnectionId, readonly Leg[]> = new Map()
  let loadedAt = 0
  const compiled = new Map<string, { readonly text: string; readonly users: CompiledUsers }>()

  const refresh = async () => {
    loadedAt = now()
    legs = await loadLegs(db, compiled)
  }
  await refresh()
  return {
    refresh,
    checkPerson(connection, identity, occasion) {
      if (now() - loadedAt > staleMs) refresh().catch(report)
      for (const leg of legs.get(connection) ?? []) checkLeg({ read, leg, now: now() }, identity, occasion)
    },
  }
}

async function loadLegs(
  db: Db,
  compiled: Map<string, { readonly text: string; readonly users: CompiledUsers }>,
): Promise<Map<ConnectionId, Leg[]>> {
  const rows = await db
    .selectFrom('policy')
    .innerJoin('target', 'target.id', 'policy.target_id')
    .innerJoin('connection', 'connection.id', 'policy.connection_id')
    .select(['connection.id as connection', 'target.id as target', 'target.name', 'target.kind', 'target.entry'])
    .select(['target.description', 'policy.policy'])
    .where('connection.method', '=', 'scim')
    .where('policy.removed_at', 'is', null)
    .where('target.removed_at', 'is', null)
    .execute()
  const legs = new Map<ConnectionId, Leg[]>()
  for (const { connection, target, name, kind, entry, description, policy } of rows) {
    // A target that was never asked says nothing that could be certain.
    if (description === null) continue
    const key = `${connection} ${target}`
    const known = compiled.get(key)
    const users = known?.text === policy ? known.users : compilePolicy(JSON.parse(policy) as Policy).users
    compiled.set(key, { text: policy, users })
    const { capabilities, seats = [] } = JSON.parse(description) as Described
    const { accounts } = (JSON.parse(entry) as TargetEntry).protected
    const isFull = creationTakesSeat.has(kind) && seats.some(({ remaining }) => remaining === 0)
    const full = isFull ? await whenFull(db, target) : undefined
    const leg = { target, name, users, capabilities, protectedAccounts: new Set(accounts.map(nameKey)), full }
    legs.set(connection, [...(legs.get(connection) ?? []), leg])
  }
  return legs
}

/** A product describes itself at the beginning of each run, so that its last plan says when; undefined where that freed seats. */
async function whenFull(db: Db, target: TargetId): Promise<FullProduct | undefined> {
  const plan = await db
    .selectFrom('plan')
    .select(['as_of', 'mark_seq', 'counts'])
    .where('target_id', '=', target)
    .where('status', '<>', 'planning')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (plan === undefined || totalOf(JSON.parse(plan.counts) as PlanCounts, freeingSeats) > 0) return undefined
  return { asOf: plan.as_of, markSeq: plan.mark_seq }
}

const freeingSeats = ['deactivateUser', 'deleteUser', 'revokeAccess', 'removeMember'] as const

interface Asking {
  readonly read: Statements
  readonly leg: Leg
  readonly now: Instant
}

function checkLeg(asking: Asking, record: IdentityRecord, occasion: 'create' | 'change'): void {
  const { leg } = asking
  const { users, capabilities, protectedAccounts } = leg
  const identity = asState(record)
  const passes = users.filter?.(identity)
  // An expression that fails for this person says nothing certain: the plan has a finding for it.
  if (passes !== undefined && (passes.kind !== 'value' || !passes.value)) return
  const wanted = users.userName(identity)
  if (wanted.kind !== 'value' || wanted.value === '') return
  const legality = legalUserName(wanted.value, capabilities.names)
  if (legality.kind === 'illegal') throw illegalName(leg, legality.reason)
  const key = nameKey(legality.name)
  if (protectedAccounts.has(key)) throw protectedAccount(leg)
  if (occasion === 'create' && identity.active) checkCreation(asking, key)
}

/** A directory that cannot be written, or a full product, takes nobody new; whoever has an account there already may be adopted. */
function checkCreation({ read, leg, now }: Asking, key: NameKey): void {
  const { target, name, users, capabilities, full } = leg
  const { createUser } = capabilities.abilities
  const isFull = full !== undefined && now - full.asOf < seatsCertainMs
  if ((createUser.able && !isFull) || users.policy.adopt === 'email') return
  if (read.get(accountOfName, target, key) !== undefined) return
  if (!createUser.able) {
    throw new ScimError(
      400,
      'invalidValue',
      `${name} takes no new accounts, so nothing was stored. ${createUser.reason}`,
    )
  }
  if (full !== undefined && read.get(pushedSince, full.markSeq) === undefined) throw noSeatLeft(leg)
}

const accountOfName = 'select 1 from account where target_id = ? and name_key = ? limit 1'
/** Of any connection: whoever left may have had an account in the same product. */
const pushedSince = `select 1 from connection
  join scim_log on scim_log.connection_id = connection.id and scim_log.mark_seq > ? and scim_log.mark_seq is not null
    and scim_log.run_id is null limit 1`

/** Nothing that a policy reads of a person depends on the parts that only the store knows. */
const asState = (record: IdentityRecord): IdentityState => ({
  ...record,
  id: 0 as IdentityId,
  deletedAt: undefined,
  missingAt: undefined,
  directGroups: [],
})

const illegalName = ({ name }: Leg, reason: string) =>
  new ScimError(
    400,
    'invalidValue',
    `The user name that the policy makes of this person cannot be one in ${name}: ${reason}. Change userName at the provider, or the policy.`,
  )

const noSeatLeft = ({ name }: Leg) =>
  new ScimError(
    400,
    'invalidValue',
    `${name} has no seat left for a new account, so nothing was stored. Free seats by deactivating people, or extend the licence, and assign the person again.`,
  )

const protectedAccount = ({ name }: Leg) =>
  new ScimError(
    400,
    'invalidValue',
    `The account of this name is protected in ${name}, so nothing was stored. Take the person out of the provider's assignment, or the account out of the protected ones.`,
  )
