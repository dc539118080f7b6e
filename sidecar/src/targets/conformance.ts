import { afterEach, describe, expect, test } from 'vitest'
import type { Attributes } from '../identity/identity.ts'
import type { AccountKey } from '../identity/ids.ts'
import { nameKey } from '../identity/name-key.ts'
import type { Ability } from '../planning/capabilities.ts'
import type { ObservedAccount, Target } from './target.ts'
import type { FailureReach } from './target-error.ts'
import { TargetError } from './target-error.ts'
import type { Throttling } from './throttling.ts'

/** What the product is like when a test begins; it always has the account that the target signs in with. */
export interface Situation {
  readonly accounts?: readonly { readonly name: string; readonly displayName?: string; readonly active?: boolean }[]
  readonly groups?: readonly { readonly name: string; readonly members: readonly string[] }[]
  /** Every user directory refuses writes. */
  readonly readOnly?: boolean
  /** No seat of the licence is left. */
  readonly licenceFull?: boolean
  /** So few requests are allowed at once that throttling is certain to be met by twenty. */
  readonly throttled?: boolean
  readonly onThrottled?: (throttling: Throttling) => void
}

/** The product itself, past every rule and interface: to look, and to change things behind the target's back. */
export interface Product {
  accountNamed(name: string): { readonly key: AccountKey; readonly name: string; readonly active: boolean } | undefined
  membersOf(group: string): readonly string[]
  groupExists(name: string): boolean
  attributesOf(name: string): unknown
  emailOf(name: string): string
  rename(name: string, newName: string): void
  remove(name: string): void
  removeGroup(name: string): void
  join(group: string, name: string): void
  leave(group: string, name: string): void
  /** Present where a deactivation ends web sessions; opens one and says later whether it is still good. */
  openSession?(name: string): Promise<{ isOpen(): Promise<boolean> }>
}

export interface Subject {
  readonly target: Target
  readonly product: Product
  /** Also fails where something was sent that the product's description does not allow. */
  close(): Promise<void>
}

export interface Conformity {
  open(situation: Situation): Promise<Subject>
  /** Numbers of accounts around the ends of pages and caps of this product. */
  readonly accountCounts: readonly number[]
  /** Numbers of members of one group around the ends of pages. */
  readonly memberCounts: readonly number[]
  /** User names that the product must refuse. */
  readonly illegalNames: readonly string[]
  /** User names that it must take; `anyUserNames` without it. */
  readonly legalNames?: readonly string[]
  /** Group names that it must take; `anyGroupNames` without it. */
  readonly legalGroupNames?: readonly string[]
  /** Group names that it must refuse. */
  readonly illegalGroupNames?: readonly string[]
  /** False where a single account is shown without its e-mail; true without it. */
  readonly tellsEmails?: boolean
  /** False where no account can be made without a free seat; true without it. */
  readonly createsWithoutSeat?: boolean
  /** False where nothing tells how many seats are left; true without it. */
  readonly tellsSeats?: boolean
  /** False where the target signs in as an application, which is no account; true without it. */
  readonly signsInAsAccount?: boolean
  /** False where the interface does not tell the release; true without it. */
  readonly tellsVersion?: boolean
  /** False where a new account is called what its person or the product likes; true without it. */
  readonly choosesDisplayNames?: boolean
  /** False where no user directory can refuse writes; true without it. */
  readonly hasDirectories?: boolean
  /** Attributes as the product keeps them; as they are without it. */
  readonly kept?: (attributes: Attributes) => unknown
}

/** Names of every kind that breaks careless code. */
export const anyUserNames = [
  'ärger@example.com',
  '山田太郎',
  "o'neil+test",
  'a%2fb/c?d=e#f',
  'dotted.i.İstanbul',
  'x'.repeat(255),
] as const
export const anyGroupNames = ['Ä & Ö / 50%', '研究 <R&D>', 'a+b c', 'g'.repeat(255)] as const

const signal = new AbortController().signal
const ada = { name: 'ada', email: 'ada@example.com', displayName: 'Ada Lovelace' }

interface Observed {
  readonly accounts: readonly ObservedAccount[]
  readonly groups: readonly string[]
  readonly members: ReadonlyMap<string, readonly AccountKey[]>
  /** Direct child groups, of groups that have some. */
  readonly children: ReadonlyMap<string, readonly string[]>
  readonly complete: boolean
}

/** Reads a whole observation; a membership of an account that was not given before fails. */
export async function collect(target: Target, within: AbortSignal = signal): Promise<Observed> {
  const accounts: ObservedAccount[] = []
  const known = new Set<AccountKey>()
  const groups: string[] = []
  const members = new Map<string, AccountKey[]>()
  const children = new Map<string, string[]>()
  let complete = false
  for await (const page of target.observe(within)) {
    expect(complete).toBe(false)
    if (page.kind === 'accounts') {
      accounts.push(...page.accounts)
      for (const { key } of page.accounts) known.add(key)
    } else if (page.kind === 'groups') groups.push(...page.names)
    else if (page.kind === 'members') {
      expect(page.accounts.filter((key) => !known.has(key))).toEqual([])
      members.set(page.group, [...(members.get(page.group) ?? []), ...page.accounts])
    } else if (page.kind === 'children') {
      children.set(page.group, [...(children.get(page.group) ?? []), ...page.groups])
    } else complete = true
  }
  return { accounts, groups, members, children, complete }
}

/** The failure that a promise ends in. */
export async function failureOf(promise: Promise<unknown>): Promise<TargetError> {
  const error = await promise.then(
    () => new Error('it succeeded'),
    (reason: unknown) => reason,
  )
  if (error instanceof TargetError) return error
  throw error
}

const expectReach = async (promise: Promise<unknown>, reach: FailureReach): Promise<TargetError> => {
  const failure = await failureOf(promise)
  expect(failure.reach).toBe(reach)
  expect(failure.remedy).not.toBe('')
  return failure
}

/** What does not apply to a product is no test of it, rather than one that is skipped: a skipped test fails the whole run. */
const onlyIf =
  (applies = true) =>
  (name: string, run: () => Promise<void>): void => {
    if (applies) test(name, run)
  }

/** What every target must do, tried over its real interface. */
export function describeTarget(name: string, conformity: Conformity): void {
  const opened: Subject[] = []
  afterEach(async () => {
    for (const subject of opened.splice(0)) await subject.close()
  })

  async function open(situation: Situation = {}): Promise<Subject> {
    const subject = await conformity.open(situation)
    opened.push(subject)
    return subject
  }

  const make = (target: Target) => target.createAccount(ada, signal)
  const email = (address: string) => ((conformity.tellsEmails ?? true) ? address : undefined)

  /** True where the description says so; where not, the call has to be refused as impossible, and nothing more is tried. */
  async function canDo(target: Target, ability: Ability, call: () => Promise<unknown>): Promise<boolean> {
    const capability = (await target.describe(signal)).capabilities.abilities[ability]
    if (capability.able) return true
    expect(capability.reason).toMatch(/\w{3}/)
    await expectReach(call(), 'denied')
    return false
  }

  describe(`${name}: observing`, () => {
    test('sees active and inactive accounts, empty groups and memberships, each once', async () => {
      const { target, product } = await open({
        accounts: [{ name: 'ada' }, { name: 'bob', active: false }],
        groups: [
          { name: 'Makers', members: ['ada', 'bob'] },
          { name: 'Nobody', members: [] },
        ],
      })
      const seen = await collect(target)
      expect(seen.complete).toBe(true)
      const active = new Map(seen.accounts.map((account) => [account.name, account.active]))
      expect([active.get('ada'), active.get('bob')]).toEqual([true, false])
      expect(new Set(seen.accounts.map((account) => account.key)).size).toBe(seen.accounts.length)
      expect(seen.groups).toEqual(expect.arrayContaining(['Makers', 'Nobody']))
      expect([...(seen.members.get('Makers') ?? [])].sort()).toEqual(
        [product.accountNamed('ada')?.key, product.accountNamed('bob')?.key].sort(),
      )
    })

    test.each(conformity.accountCounts)('sees all of %i accounts, none twice', async (count) => {
      const accounts = Array.from({ length: count }, (_, index) => ({
        name: `person${index}`,
        displayName: `P ${index}`,
      }))
      const { target } = await open({ accounts })
      const names = (await collect(target)).accounts.map((account) => account.name)
      expect(names.filter((each) => each.startsWith('person')).sort()).toEqual(accounts.map((each) => each.name).sort())
    })

    test.each(conformity.memberCounts)('sees all of %i members of a group, none twice', async (count) => {
      const accounts = Array.from({ length: count }, (_, index) => ({
        name: `person${index}`,
        active: index % 3 !== 0,
      }))
      const { target } = await open({ accounts, groups: [{ name: 'All', members: accounts.map((each) => each.name) }] })
      const members = (await collect(target)).members.get('All') ?? []
      expect(new Set(members).size).toBe(count)
      expect(members).toHaveLength(count)
    })

    test('stops when it is told to', async () => {
      const { target } = await open({ accounts: [{ name: 'ada' }] })
      const reason = new Error('paused')
      await expect(collect(target, AbortSignal.abort(reason))).rejects.toThrow()
    })
  })

  describe(`${name}: accounts`, () => {
    test('are created and found by key and by name in any case', async () => {
      const { target, product } = await open()
      const made = await make(target)
      expect(made).toMatchObject({ email: ada.email, active: true })
      if (conformity.choosesDisplayNames ?? true) expect(made.displayName).toBe(ada.displayName)
      expect(product.accountNamed('ada')?.key).toBe(made.key)
      const shown = { ...made, email: email(ada.email) }
      expect(await target.findAccount({ key: made.key }, signal)).toEqual(shown)
      expect(await target.findAccount({ name: 'ADA' }, signal)).toEqual(shown)
      expect(await target.findAccount({ name: 'nobody' }, signal)).toBeUndefined()
    })

    test('are in no group when they are new', async () => {
      const { target } = await open()
      expect(await target.groupsOf((await make(target)).key, signal)).toEqual([])
    })

    test('are not created a second time, whatever the case', async () => {
      const { target } = await open()
      await make(target)
      await expectReach(target.createAccount({ ...ada, name: 'Ada' }, signal), 'refused')
    })

    test('change only where they were asked to', async () => {
      const { target, product } = await open()
      const { key, name } = await make(target)
      const rename = () => target.updateAccount(key, { displayName: 'Ada King' }, signal)
      if (!(await canDo(target, 'updateUser', rename))) return
      await rename()
      expect(await target.findAccount({ key }, signal)).toMatchObject({ displayName: 'Ada King' })
      expect(product.emailOf('ada')).toBe(ada.email)
      await target.updateAccount(key, { email: 'new@example.com' }, signal)
      const { userNameIs } = (await target.describe(signal)).capabilities.names
      expect(await target.findAccount({ key }, signal)).toMatchObject({
        name: userNameIs === 'email' ? 'new' : name,
        email: email('new@example.com'),
        displayName: 'Ada King',
      })
      expect(product.emailOf(userNameIs === 'email' ? 'new' : 'ada')).toBe('new@example.com')
    })

    test('keep their key when renamed, and can swap names through a third', async () => {
      const { target, product } = await open({ accounts: [{ name: 'bob' }] })
      const { key } = await make(target)
      const bob = product.accountNamed('bob')?.key as AccountKey
      if (!(await canDo(target, 'renameUser', () => target.renameAccount(key, 'between', signal)))) return
      await target.renameAccount(key, 'between', signal)
      await target.renameAccount(bob, 'ada', signal)
      await target.renameAccount(key, 'bob', signal)
      await target.renameAccount(key, 'bob', signal)
      expect([product.accountNamed('ada')?.key, product.accountNamed('bob')?.key]).toEqual([bob, key])
    })

    test('are not renamed to a name that somebody has', async () => {
      const { target, product } = await open({ accounts: [{ name: 'bob' }] })
      const { key } = await make(target)
      const rename = () => target.renameAccount(key, 'BOB', signal)
      if (await canDo(target, 'renameUser', rename)) await expectReach(rename(), 'refused')
      expect(product.accountNamed('ada')?.key).toBe(key)
    })

    test('are deactivated and activated, and again without harm', async () => {
      const { target, product } = await open()
      const { key } = await make(target)
      const deactivate = () => target.deactivateAccount(key, signal)
      if (!(await canDo(target, 'deactivateUser', deactivate))) {
        await canDo(target, 'activateUser', () => target.activateAccount(key, signal))
        expect(product.accountNamed('ada')?.active).toBe(true)
        return
      }
      for (let times = 0; times < 2; times += 1) await deactivate()
      expect(product.accountNamed('ada')?.active).toBe(false)
      for (let times = 0; times < 2; times += 1) await target.activateAccount(key, signal)
      expect(product.accountNamed('ada')?.active).toBe(true)
    })

    test('lose their web sessions when they are deactivated, or the capability says that they do not', async () => {
      const { target, product } = await open({ accounts: [{ name: 'bob' }] })
      const { key, name } = await make(target)
      const session = await product.openSession?.(name)
      const other = await product.openSession?.('bob')
      const { deactivateUser } = (await target.describe(signal)).capabilities.abilities
      if (!deactivateUser.able) return
      expect(deactivateUser.note).toMatch(/sessions/i)
      await target.deactivateAccount(key, signal)
      // An inactive account has no good session anyway: one that was ended does not come back with it.
      await target.activateAccount(key, signal)
      expect([await session?.isOpen(), await other?.isOpen()]).toEqual(session ? [false, true] : [undefined, undefined])
    })

    test('are deleted, and again without harm', async () => {
      const { target, product } = await open()
      const { key } = await make(target)
      for (let times = 0; times < 2; times += 1) await target.deleteAccount(key, signal)
      expect(product.accountNamed('ada')).toBeUndefined()
    })

    test('that are gone refuse every other change for themselves alone', async () => {
      const { target, product } = await open()
      const { key } = await make(target)
      product.remove('ada')
      const changes: [Ability, () => Promise<void>][] = [
        ['updateUser', () => target.updateAccount(key, { displayName: 'x' }, signal)],
        ['renameUser', () => target.renameAccount(key, 'x', signal)],
        ['activateUser', () => target.activateAccount(key, signal)],
        ['deactivateUser', () => target.deactivateAccount(key, signal)],
      ]
      const { abilities } = (await target.describe(signal)).capabilities
      for (const [ability, change] of changes) if (abilities[ability].able) await expectReach(change(), 'refused')
      await expectReach(target.groupsOf(key, signal), 'refused')
    })

    test('keep attributes, of which the last ones count', async () => {
      const { target, product } = await open()
      const { key } = await make(target)
      const attributes: Attributes = { Department: 'Größe & <Co>', Languages: ['en', 'de'], Level: 3, Remote: true }
      const set = () => target.setAttributes(key, { Department: 'old', Gone: 'yes' }, signal)
      if (!(await canDo(target, 'setAttributes', set))) return
      await set()
      await target.setAttributes(key, attributes, signal)
      await target.setAttributes(key, attributes, signal)
      expect(product.attributesOf('ada')).toEqual(conformity.kept?.(attributes) ?? attributes)
    })
  })

  describe(`${name}: names`, () => {
    test.each([...(conformity.legalNames ?? anyUserNames)])('of accounts may be %s', async (given) => {
      const { target } = await open()
      const { key, name } = await target.createAccount({ ...ada, name: given }, signal)
      expect(nameKey(name)).toBe(nameKey(given))
      expect(await target.findAccount({ name: given }, signal)).toMatchObject({ key })
      await target.createGroup('Any', signal)
      await target.addMember('Any', { key, name }, signal)
      const deactivate = () => target.deactivateAccount(key, signal)
      if (await canDo(target, 'deactivateUser', deactivate)) await deactivate()
      expect(await target.groupsOf(key, signal)).toEqual(['Any'])
    })

    test.each(conformity.illegalNames)('of accounts may not be "%s"', async (given) => {
      const { target, product } = await open()
      await expectReach(target.createAccount({ ...ada, name: given }, signal), 'refused')
      const { key } = await make(target)
      const rename = () => target.renameAccount(key, given, signal)
      if (await canDo(target, 'renameUser', rename)) await expectReach(rename(), 'refused')
      expect(product.accountNamed('ada')?.key).toBe(key)
    })

    test.each([...(conformity.legalGroupNames ?? anyGroupNames)])('of groups may be %s', async (group) => {
      const { target, product } = await open()
      const account = await make(target)
      await target.createGroup(group, signal)
      await target.addMember(group, account, signal)
      expect((await collect(target)).members.get(group)).toEqual([account.key])
      await target.removeMember(group, account, signal)
      expect(product.membersOf(group)).toEqual([])
      await target.deleteGroup(group, signal)
      expect(product.groupExists(group)).toBe(false)
    })

    test.each([...(conformity.illegalGroupNames ?? [])])(
      'of groups may not be "%s", and harm nothing',
      async (group) => {
        const { target, product } = await open({
          accounts: [{ name: 'bob' }],
          groups: [{ name: group, members: ['bob'] }],
        })
        const account = await make(target)
        await expectReach(target.createGroup(group, signal), 'refused')
        await expectReach(target.addMember(group, account, signal), 'refused')
        await expectReach(target.deleteGroup(group, signal), 'refused')
        expect(product.membersOf(group)).toEqual(['bob'])
        expect((await collect(target)).complete).toBe(true)
      },
    )
  })

  describe(`${name}: groups`, () => {
    test('are not created a second time, whatever the case', async () => {
      const { target } = await open({ groups: [{ name: 'Makers', members: [] }] })
      await expectReach(target.createGroup('makers', signal), 'refused')
    })

    test('are deleted, and again without harm', async () => {
      const { target, product } = await open({ groups: [{ name: 'Makers', members: [] }] })
      for (let times = 0; times < 2; times += 1) await target.deleteGroup('Makers', signal)
      expect(product.groupExists('Makers')).toBe(false)
    })

    test('take a member in any case of their name, and again without harm', async () => {
      const { target, product } = await open({ groups: [{ name: 'Makers', members: [] }] })
      const account = await make(target)
      await target.addMember('Makers', account, signal)
      await target.addMember('MAKERS', account, signal)
      expect(product.membersOf('Makers')).toEqual(['ada'])
      expect(await target.groupsOf(account.key, signal)).toEqual(['Makers'])
    })

    test('tell their members, one group at a time', async () => {
      const { target, product } = await open({
        accounts: [{ name: 'bob' }, { name: 'carl', active: false }],
        groups: [{ name: 'Makers', members: ['bob', 'carl'] }],
      })
      if (!target.membersOf) return
      const keys = ['bob', 'carl'].map((each) => product.accountNamed(each)?.key)
      expect([...(await target.membersOf('Makers', signal))].sort()).toEqual(keys.sort())
      expect(await target.membersOf('Nowhere', signal)).toEqual([])
    })

    test('take many members at once, each with its outcome', async () => {
      const { target, product } = await open({
        accounts: [{ name: 'bob' }, { name: 'carl' }],
        groups: [{ name: 'Makers', members: ['bob'] }],
      })
      const keyOf = (each: string) => product.accountNamed(each)?.key as AccountKey
      const members = ['bob', 'carl'].map((each) => ({ key: keyOf(each), name: each }))
      const gone = await make(target)
      product.remove('ada')
      const added = [gone, ...members].map((each) => target.addMember('Makers', each, signal))
      await expectReach(added[0] as Promise<void>, 'refused')
      await Promise.all(added.slice(1))
      expect([...product.membersOf('Makers')].sort()).toEqual(['bob', 'carl'])
    })

    test('lose a member, and again without harm', async () => {
      const { target, product } = await open({ groups: [{ name: 'Makers', members: [] }] })
      const account = await make(target)
      await target.addMember('Makers', account, signal)
      await target.removeMember('makers', account, signal)
      await target.removeMember('Makers', account, signal)
      expect(product.membersOf('Makers')).toEqual([])
    })

    test('that do not exist take nobody, and have nobody to lose', async () => {
      const { target } = await open()
      const account = await make(target)
      await expectReach(target.addMember('Nowhere', account, signal), 'refused')
      await target.removeMember('Nowhere', account, signal)
    })
  })

  describe(`${name}: nested groups`, () => {
    const groups = [
      { name: 'Company', members: ['bob'] },
      { name: 'Makers', members: ['ada'] },
    ]
    const accounts = [{ name: 'ada' }, { name: 'bob' }]

    test('are written and taken apart, again without harm, and are told from members', async () => {
      const { target, product } = await open({ accounts, groups })
      const { abilities } = (await target.describe(signal)).capabilities
      expect(target.nesting !== undefined).toBe(abilities.addChildGroup.able)
      expect(abilities.removeChildGroup.able).toBe(abilities.addChildGroup.able)
      const { nesting } = target
      if (!nesting) return
      for (let times = 0; times < 2; times += 1) await nesting.addChild('COMPANY', 'Makers', signal)
      const seen = await collect(target)
      expect([...seen.children]).toEqual([['Company', ['Makers']]])
      expect(seen.members.get('Company')).toEqual([product.accountNamed('bob')?.key])
      const ada = product.accountNamed('ada')?.key as AccountKey
      expect(await target.groupsOf(ada, signal)).toEqual(['Makers'])
      for (let times = 0; times < 2; times += 1) await nesting.removeChild('Company', 'makers', signal)
      expect((await collect(target)).children.size).toBe(0)
    })

    test('never contain themselves, nor groups that are not there', async () => {
      const { target } = await open({ accounts, groups })
      const { nesting } = target
      if (!nesting) return
      await nesting.addChild('Company', 'Makers', signal)
      await expectReach(nesting.addChild('Makers', 'Company', signal), 'refused')
      await expectReach(nesting.addChild('Company', 'Nowhere', signal), 'refused')
      await expectReach(nesting.addChild('Nowhere', 'Company', signal), 'refused')
      await nesting.removeChild('Nowhere', 'Company', signal)
    })
  })

  describe(`${name}: changes behind our back`, () => {
    test('a renamed account still joins and leaves, and is changed under its new name', async () => {
      const { target, product } = await open({ groups: [{ name: 'Makers', members: [] }] })
      const account = await make(target)
      product.rename('ada', 'countess')
      await target.addMember('Makers', account, signal)
      expect(product.membersOf('Makers')).toEqual(['countess'])
      await target.removeMember('Makers', account, signal)
      expect(product.membersOf('Makers')).toEqual([])
      const deactivate = () => target.deactivateAccount(account.key, signal)
      if (!(await canDo(target, 'deactivateUser', deactivate))) return
      await deactivate()
      expect(product.accountNamed('countess')?.active).toBe(false)
    })

    test('a name that somebody else took over does not lead a change to the wrong account', async () => {
      const { target, product } = await open({ accounts: [{ name: 'bob' }] })
      const { key } = await make(target)
      product.rename('ada', 'countess')
      product.rename('bob', 'ada')
      await target.deleteAccount(key, signal)
      expect(product.accountNamed('countess')).toBeUndefined()
      expect(product.accountNamed('ada')).toBeDefined()
    })

    test('a deleted account cannot join and has left', async () => {
      const { target, product } = await open({ groups: [{ name: 'Makers', members: [] }] })
      const account = await make(target)
      product.remove('ada')
      await expectReach(target.addMember('Makers', account, signal), 'refused')
      await target.removeMember('Makers', account, signal)
    })

    test('somebody else added or removed the member first', async () => {
      const { target, product } = await open({ groups: [{ name: 'Makers', members: [] }] })
      const account = await make(target)
      product.join('Makers', 'ada')
      await target.addMember('Makers', account, signal)
      product.leave('Makers', 'ada')
      await target.removeMember('Makers', account, signal)
      expect(product.membersOf('Makers')).toEqual([])
    })

    test('a group that is deleted while it is observed leaves the observation whole', async () => {
      const { target, product } = await open({
        accounts: [{ name: 'ada' }],
        groups: [{ name: 'Makers', members: ['ada'] }],
      })
      let complete = false
      for await (const page of target.observe(signal)) {
        if (page.kind === 'groups') product.removeGroup('Makers')
        if (page.kind === 'complete') complete = true
      }
      expect(complete).toBe(true)
    })
  })

  describe(`${name}: limits`, () => {
    onlyIf(conformity.hasDirectories)('a read-only directory is told apart and remembered', async () => {
      const { target } = await open({ readOnly: true, accounts: [{ name: 'bob' }] })
      const { code } = await expectReach(make(target), 'denied')
      const { abilities } = (await target.describe(signal)).capabilities
      expect(abilities.createUser).toMatchObject({ able: false, reason: expect.stringContaining('director') })
      const bob = await target.findAccount({ name: 'bob' }, signal)
      const change = () => target.deleteAccount(bob?.key as AccountKey, signal)
      expect((await failureOf(change())).code).toBe(code)
    })

    onlyIf(conformity.tellsSeats)('a full licence is reported, and creating takes no seat', async () => {
      const { target } = await open({ licenceFull: true })
      const seats = (await target.describe(signal)).seats
      expect(seats.some(({ remaining }) => remaining === 0)).toBe(true)
      if (conformity.createsWithoutSeat ?? true) await make(target)
      else expect((await expectReach(make(target), 'refused')).code).toMatch(/licence/)
      expect((await target.describe(signal)).seats).toEqual(seats)
    })

    test('throttling is waited for, and told', async () => {
      const heard: Throttling[] = []
      const { target, product } = await open({ throttled: true, onThrottled: (throttling) => heard.push(throttling) })
      const names = Array.from({ length: 20 }, (_, index) => `p${index}`)
      await Promise.all(names.map((each) => target.createAccount({ ...ada, name: each }, signal)))
      expect(names.filter((each) => product.accountNamed(each) === undefined)).toEqual([])
      expect(heard.some(({ kind, waitMs }) => kind === 'refused' && waitMs > 0)).toBe(true)
    })
  })

  describe(`${name}: describing and checking`, () => {
    test('names the account that we sign in with, which exists', async () => {
      const { target, product } = await open()
      const { ownAccount, fingerprint, version, ownGroups } = await target.describe(signal)
      expect(fingerprint.ownAccount).toBe(ownAccount.key)
      expect(fingerprint.baseUrl).toMatch(/^https?:/)
      if (conformity.tellsVersion ?? true) expect(version).toMatch(/^\d+\./)
      if (conformity.signsInAsAccount ?? true) {
        expect(product.accountNamed(ownAccount.name)?.key).toBe(ownAccount.key)
        expect(ownGroups.length).toBeGreaterThan(0)
      } else {
        const { accounts } = await collect(target)
        expect(accounts.map(({ key }) => key)).not.toContain(ownAccount.key)
      }
    })

    test('checks every step without changing anything', async () => {
      const { target } = await open({ accounts: [{ name: 'ada' }] })
      const before = await collect(target)
      const steps = await target.check(signal)
      expect(steps.filter((step) => !step.ok)).toEqual([])
      expect(steps.map((step) => step.detail)).not.toContain('')
      expect(await collect(target)).toEqual(before)
    })
  })
}
