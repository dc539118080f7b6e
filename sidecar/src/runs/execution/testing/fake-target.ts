import type { AccountKey } from '../../../identity/ids.ts'
import { nameKey } from '../../../identity/name-key.ts'
import { defineProblems } from '../../../problem/problem.ts'
import type { ObservedAccount, Target, TargetDescription } from '../../../targets/target.ts'
import { type FailureReach, TargetError } from '../../../targets/target-error.ts'

const problems = defineProblems({
  fake_refused: { status: 409, meaning: 'Refused.', remedy: 'Nothing.' },
  fake_group_exists: { status: 409, meaning: 'The group exists.', remedy: 'Nothing.' },
})

export const targetError = (reach: FailureReach, what = 'The target refused it.') =>
  new TargetError(problems.fake_refused, reach, what)

const reading: ReadonlySet<string> = new Set(['findAccount', 'groupsOf', 'membersOf'])

const refuse = (what: string): never => {
  throw targetError('refused', what)
}

export interface FakeCall {
  readonly method: string
  /** The name of the account or group that it is about. */
  readonly about: string
}

export type FakeTarget = ReturnType<typeof createFakeTarget>

interface FakeTargetOptions {
  /** Throws instead of doing it, or after it was done. */
  readonly before?: (call: FakeCall) => void
  readonly after?: (call: FakeCall) => void
  readonly latencyMs?: number
}

/** A product in memory that refuses what a real one refuses, and that nobody writes one account of at the same time. */
export function createFakeTarget(options: FakeTargetOptions = {}) {
  const accounts = new Map<AccountKey, { -readonly [K in keyof ObservedAccount]: ObservedAccount[K] }>()
  const groups = new Map<string, Set<AccountKey>>()
  const calls: FakeCall[] = []
  const busy = new Set<string>()
  const state = { underWay: 0, mostUnderWay: 0, tellsSignIns: true, ...options }

  const byName = (name: string) => [...accounts.values()].find((account) => nameKey(account.name) === nameKey(name))
  const the = (key: AccountKey) => accounts.get(key) ?? refuse(`There is no account ${key}.`)
  const members = (group: string) => groups.get(nameKey(group)) ?? refuse(`There is no group ${group}.`)

  async function call<T>(method: string, about: string, subject: string | undefined, action: () => T): Promise<T> {
    if (subject !== undefined && busy.has(subject)) throw new Error(`two calls about ${subject} at once`)
    if (subject !== undefined) busy.add(subject)
    state.underWay += 1
    state.mostUnderWay = Math.max(state.mostUnderWay, state.underWay)
    try {
      await new Promise((resolve) => setTimeout(resolve, state.latencyMs ?? 0))
      calls.push({ method, about })
      state.before?.({ method, about })
      const result = action()
      state.after?.({ method, about })
      return result
    } finally {
      state.underWay -= 1
      if (subject !== undefined) busy.delete(subject)
    }
  }

  const change = (method: string, key: AccountKey, action: () => void) =>
    call(method, accounts.get(key)?.name ?? key, `account ${key}`, action)

  const target: Target = {
    describe: async () => describeFake,
    check: async () => [],
    async *observe() {
      yield { kind: 'accounts', accounts: [...accounts.values()] }
      yield { kind: 'groups', names: [...groups.keys()] }
      yield { kind: 'complete' }
    },
    findAccount: (by) =>
      call('findAccount', 'key' in by ? by.key : by.name, undefined, () => {
        if ('key' in by && by.key === own.key) return state.tellsSignIns ? { ...own, lastSignInAt: 1 } : own
        const found = 'key' in by ? accounts.get(by.key) : byName(by.name)
        return found && { ...found }
      }),
    groupsOf: (key) =>
      call('groupsOf', key, undefined, () => [...groups].filter(([, keys]) => keys.has(key)).map(([name]) => name)),
    membersOf: (group) => call('membersOf', group, undefined, () => [...members(group)]),
    readLeads: async () => [],
    createAccount: ({ name, email, displayName }) =>
      call('createAccount', name, `name ${nameKey(name)}`, () => {
        if (byName(name)) refuse(`An account named ${name} exists.`)
        const account = { key: `key-${nameKey(name)}` as AccountKey, name, email, displayName, active: true }
        if (accounts.has(account.key)) account.key = `${account.key}-${accounts.size}` as AccountKey
        accounts.set(account.key, account)
        return { ...account }
      }),
    updateAccount: (key, { email, displayName }) =>
      change('updateAccount', key, () => {
        const account = the(key)
        if (email !== undefined) account.email = email
        if (displayName !== undefined) account.displayName = displayName
      }),
    renameAccount: (key, name) =>
      change('renameAccount', key, () => {
        if (byName(name) && byName(name)?.key !== key) refuse(`An account named ${name} exists.`)
        the(key).name = name
      }),
    activateAccount: (key) =>
      change('activateAccount', key, () => {
        the(key).active = true
      }),
    deactivateAccount: (key) =>
      change('deactivateAccount', key, () => {
        the(key).active = false
      }),
    deleteAccount: (key) =>
      change('deleteAccount', key, () => {
        accounts.delete(key)
        for (const keys of groups.values()) keys.delete(key)
      }),
    setAttributes: (key) =>
      change('setAttributes', key, () => {
        the(key)
      }),
    createGroup: (name) =>
      call('createGroup', name, `group ${nameKey(name)}`, () => {
        if (groups.has(nameKey(name))) throw new TargetError(problems.fake_group_exists, 'refused', 'It exists.')
        groups.set(nameKey(name), new Set())
      }),
    deleteGroup: (name) =>
      call('deleteGroup', name, `group ${nameKey(name)}`, () => {
        groups.delete(nameKey(name))
      }),
    addMember: (group, { key }) =>
      change('addMember', key, () => {
        members(group).add(the(key).key)
      }),
    removeMember: (group, { key }) =>
      change('removeMember', key, () => {
        members(group).delete(the(key).key)
      }),
    reassignLead: (lead) => change('reassignLead', lead.lead, () => {}),
    close: async () => {},
  }

  return {
    target,
    state,
    calls,
    accounts,
    groups,
    byName,
    /** Only what writes, as `method about`. */
    writes: () => calls.filter(({ method }) => !reading.has(method)).map(({ method, about }) => `${method} ${about}`),
    addAccount(name: string, more: Partial<ObservedAccount> = {}): ObservedAccount {
      const key = `key-${nameKey(name)}` as AccountKey
      const account = { key, name, email: `${name}@example.org`, displayName: name, active: true, ...more }
      accounts.set(key, account)
      return { ...account }
    },
  }
}

const able = { able: true } as const

const own: ObservedAccount = {
  key: 'key-rollcall' as AccountKey,
  name: 'rollcall',
  email: undefined,
  displayName: 'Rollcall',
  active: true,
}

const describeFake: TargetDescription = {
  product: 'Fake',
  version: '1',
  capabilities: {
    abilities: {
      createUser: able,
      updateUser: able,
      renameUser: able,
      activateUser: able,
      deactivateUser: able,
      deleteUser: able,
      setAttributes: able,
      createGroup: able,
      deleteGroup: able,
      addMember: able,
      removeMember: able,
      addChildGroup: { able: false, reason: 'The fake does not nest groups.' },
      removeChildGroup: { able: false, reason: 'The fake does not nest groups.' },
      revokeAccess: { able: false, reason: 'The fake deactivates accounts.' },
      reassignProjectLead: able,
      reassignComponentLead: able,
    },
    names: { maxLength: 255, forbiddenInUserName: '', userNameCase: 'any', forbiddenInGroupName: '' },
  },
  fingerprint: { serverId: 'fake', baseUrl: 'http://fake.test', ownAccount: own.key },
  ownAccount: own,
  ownGroups: [],
  seats: [],
}
