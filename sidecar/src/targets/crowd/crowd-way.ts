import type { AccountKey } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import type { Capabilities } from '../../planning/capabilities.ts'
import { dataCenterProblems } from '../data-center/data-center-problems.ts'
import { refusal } from '../data-center/product-failures.ts'
import type { ObservedAccount, Target, TargetDescription } from '../target.ts'
import { TargetError } from '../target-error.ts'
import { crowdProblems } from './crowd-problems.ts'
import type { CrowdSide } from './crowd-side.ts'
import { type CrowdWayAbility, capabilitiesWithCrowd } from './crowd-way-capabilities.ts'
import { observeWithCrowd } from './observe-with-crowd.ts'

/**
 * A product whose directory is in a Crowd: what the product's own API declares impossible goes through Crowd where that
 * can do it. An account is the same in both by its name. The product shows such a change after it has synchronised; until
 * then a repetition finds it done in Crowd.
 */
export function withCrowdWay(product: Target, crowd: CrowdSide): Target {
  const { target: side } = crowd
  const renamed = new Map<AccountKey, { readonly from: string; readonly to: string }>()
  let known: Capabilities | undefined

  async function describe(signal: AbortSignal): Promise<TargetDescription> {
    const [own, other] = await Promise.all([product.describe(signal), side.describe(signal)])
    const { serverId } = own.fingerprint
    const sameServer = serverId !== '' && serverId === other.fingerprint.serverId
    known = capabilitiesWithCrowd(own.capabilities, other.capabilities, sameServer)
    return { ...own, capabilities: known }
  }

  async function goesThroughCrowd(ability: CrowdWayAbility, signal: AbortSignal): Promise<boolean> {
    const capability = (known ?? (await describe(signal)).capabilities).abilities[ability]
    return capability.able && capability.way === 'crowd'
  }

  async function inProduct(key: AccountKey, signal: AbortSignal): Promise<ObservedAccount> {
    const account = await product.findAccount({ key }, signal)
    if (account) return account
    throw refusal(crowdProblems.crowd_user_unknown, 'The account does not exist in the product any more.')
  }

  /** Under the name that we gave it there, as long as the product still shows the one before. */
  async function inCrowd({ key, name }: ObservedAccount, signal: AbortSignal): Promise<ObservedAccount | undefined> {
    const pending = renamed.get(key)
    if (pending && nameKey(pending.from) !== nameKey(name)) renamed.delete(key)
    const now = renamed.get(key)?.to ?? name
    return side.findAccount({ name: now }, signal)
  }

  async function counterpart(key: AccountKey, signal: AbortSignal): Promise<AccountKey> {
    const account = await inProduct(key, signal)
    const found = await inCrowd(account, signal)
    if (found) return found.key
    throw nameUnknown(account.name)
  }

  async function rename(key: AccountKey, name: string, signal: AbortSignal): Promise<void> {
    const account = await inProduct(key, signal)
    const found = await inCrowd(account, signal)
    if (found) {
      await side.renameAccount(found.key, name, signal)
      renamed.set(key, { from: account.name, to: name })
      return
    }
    // Renamed before an interruption, and the product has not synchronised since.
    const done = await side.findAccount({ name }, signal)
    if (!done || !looksAlike(account, done)) throw nameUnknown(account.name)
  }

  /** The same call, of the product or of the account's counterpart in Crowd. */
  async function change(
    ability: CrowdWayAbility,
    key: AccountKey,
    signal: AbortSignal,
    call: (target: Target, key: AccountKey) => Promise<void>,
  ): Promise<void> {
    if (await goesThroughCrowd(ability, signal)) await call(side, await counterpart(key, signal))
    else await call(product, key)
  }

  /** Whom the product has not seen yet counts by name: a group of theirs is not empty. */
  async function inProductNamed(names: readonly string[], signal: AbortSignal): Promise<readonly AccountKey[]> {
    const found = await Promise.all(names.map((name) => product.findAccount({ name }, signal)))
    return found.map((account, index) => account?.key ?? (names[index] as AccountKey))
  }

  const nesting = side.nesting ?? product.nesting

  return {
    ...product,
    describe,
    async check(signal) {
      const [own, other] = await Promise.all([product.check(signal), side.check(signal)])
      return [...own, ...other.map((step) => ({ ...step, step: `crowd ${step.step}` }))]
    },
    async *observe(signal) {
      if (await goesThroughCrowd('addChildGroup', signal)) yield* observeWithCrowd(product, crowd, signal)
      else yield* product.observe(signal)
    },
    /** Direct memberships where groups are nested through Crowd: a product shows inherited ones like its own. */
    async groupsOf(key, signal) {
      const names = await product.groupsOf(key, signal)
      if (!(await goesThroughCrowd('addChildGroup', signal))) return names
      const [nested, account] = await Promise.all([crowd.readNesting(signal), inProduct(key, signal)])
      const found = await inCrowd(account, signal)
      const direct = new Set(found && (await side.groupsOf(found.key, signal)).map(nameKey))
      return names.filter((name) => !nested.has(nameKey(name)) || direct.has(nameKey(name)))
    },
    /** Direct ones likewise, under the accounts of the product. */
    async membersOf(group, signal) {
      if (await goesThroughCrowd('addChildGroup', signal)) {
        const nested = await crowd.readNesting(signal)
        const names = nested.has(nameKey(group)) ? await crowd.membersOf(group, signal) : undefined
        if (names) return inProductNamed(names, signal)
      }
      return (await product.membersOf?.(group, signal)) ?? []
    },
    /**
     * Where groups are nested, Crowd tells the direct membership, which is what is taken away: a product that shows inherited
     * ones like its own calls it a failure when somebody stays a member through a child group.
     */
    async removeMember(group, member, signal) {
      try {
        await product.removeMember(group, member, signal)
      } catch (error) {
        if (!isInherited(error) || !(await goesThroughCrowd('addChildGroup', signal))) throw error
        const found = await inCrowd(await inProduct(member.key, signal), signal)
        if (found) await side.removeMember(group, found, signal)
      }
    },
    updateAccount: (key, to, signal) =>
      change('updateUser', key, signal, (target, of) => target.updateAccount(of, to, signal)),
    async renameAccount(key, name, signal) {
      if (await goesThroughCrowd('renameUser', signal)) await rename(key, name, signal)
      else await product.renameAccount(key, name, signal)
    },
    activateAccount: (key, signal) =>
      change('activateUser', key, signal, (target, of) => target.activateAccount(of, signal)),
    deactivateAccount: (key, signal) =>
      change('deactivateUser', key, signal, (target, of) => target.deactivateAccount(of, signal)),
    setAttributes: (key, attributes, signal) =>
      change('setAttributes', key, signal, (target, of) => target.setAttributes(of, attributes, signal)),
    ...(nesting && { nesting }),
    async close() {
      await Promise.all([product.close(), side.close()])
    },
  }
}

const isInherited = (error: unknown): boolean =>
  error instanceof TargetError && error.code === dataCenterProblems.inherited_member.code

/** The e-mail tells people apart best; a product that does not show it leaves the display name. */
const looksAlike = (one: ObservedAccount, other: ObservedAccount): boolean =>
  one.email !== undefined && other.email !== undefined
    ? nameKey(one.email) === nameKey(other.email)
    : one.displayName === other.displayName

const nameUnknown = (name: string) =>
  refusal(crowdProblems.crowd_way_name_unknown, `The account ${name} of the product has no user of that name in Crowd.`)
