import type { TargetEntry } from '@rollcall/contract/configuration'
import type { Policy } from '@rollcall/contract/policy'
import type { IdentityRecord } from '../identity/identity.ts'
import type { ConnectionId, IdentityId, NameKey, TargetId } from '../identity/ids.ts'
import { nameKey } from '../identity/name-key.ts'
import type { Capabilities } from '../planning/capabilities.ts'
import { type CompiledUsers, compilePolicy } from '../planning/compile-policy.ts'
import { legalUserName } from '../planning/legal-name.ts'
import type { IdentityState } from '../planning/subject.ts'
import { ScimError } from '../scim-protocol/scim-error.ts'
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
 * be read-only. Whatever depends on more than the person and stored facts is left to the plan and its findings.
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
      for (const leg of legs.get(connection) ?? []) checkLeg(read, leg, identity, occasion)
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
    .select(['connection.id as connection', 'target.id as target', 'target.name', 'target.entry', 'target.description'])
    .select('policy.policy')
    .where('connection.method', '=', 'scim')
    .where('policy.removed_at', 'is', null)
    .where('target.removed_at', 'is', null)
    .execute()
  const legs = new Map<ConnectionId, Leg[]>()
  for (const { connection, target, name, entry, description, policy } of rows) {
    // A target that was never asked says nothing that could be certain.
    if (description === null) continue
    const key = `${connection} ${target}`
    const known = compiled.get(key)
    const users = known?.text === policy ? known.users : compilePolicy(JSON.parse(policy) as Policy).users
    compiled.set(key, { text: policy, users })
    const { capabilities } = JSON.parse(description) as { readonly capabilities: Capabilities }
    const { accounts } = (JSON.parse(entry) as TargetEntry).protected
    const leg = { target, name, users, capabilities, protectedAccounts: new Set(accounts.map(nameKey)) }
    legs.set(connection, [...(legs.get(connection) ?? []), leg])
  }
  return legs
}

function checkLeg(read: Statements, leg: Leg, record: IdentityRecord, occasion: 'create' | 'change'): void {
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
  if (occasion === 'create' && identity.active) checkCreation(read, leg, key)
}

/** A directory that cannot be written takes nobody new; whoever has an account there already may be adopted. */
function checkCreation(read: Statements, { target, name, users, capabilities }: Leg, key: NameKey): void {
  const { createUser } = capabilities.abilities
  if (createUser.able || users.policy.adopt === 'email') return
  if (read.get(accountOfName, target, key) !== undefined) return
  throw new ScimError(400, 'invalidValue', `${name} takes no new accounts, so nothing was stored. ${createUser.reason}`)
}

const accountOfName = 'select 1 from account where target_id = ? and name_key = ? limit 1'

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

const protectedAccount = ({ name }: Leg) =>
  new ScimError(
    400,
    'invalidValue',
    `The account of this name is protected in ${name}, so nothing was stored. Take the person out of the provider's assignment, or the account out of the protected ones.`,
  )
