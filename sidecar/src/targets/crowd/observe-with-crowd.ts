import type { AccountKey, NameKey } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import type { ObservationPage, Target } from '../target.ts'
import type { CrowdSide } from './crowd-side.ts'

/**
 * The observation of a product with the nesting that Crowd knows. Products list members of child groups as members
 * (Jira REST, groups), so the members of a group that has child groups are taken from Crowd, which tells direct ones.
 */
export async function* observeWithCrowd(
  product: Target,
  crowd: CrowdSide,
  signal: AbortSignal,
): AsyncGenerator<ObservationPage> {
  const nesting = await crowd.readNesting(signal)
  const accounts = new Map<NameKey, AccountKey>()
  const groups = new Map<NameKey, string>()
  for await (const page of product.observe(signal)) {
    if (page.kind === 'accounts') for (const { key, name } of page.accounts) accounts.set(nameKey(name), key)
    if (page.kind === 'groups') for (const name of page.names) groups.set(nameKey(name), name)
    if (page.kind === 'complete') yield* nested()
    if (page.kind !== 'members' || !nesting.has(nameKey(page.group))) yield page
  }

  async function* nested(): AsyncGenerator<ObservationPage> {
    for (const [key, names] of nesting) {
      const group = groups.get(key)
      if (group === undefined) continue
      const members = (await crowd.membersOf(group, signal)) ?? []
      const keys = members.flatMap((name) => accounts.get(nameKey(name)) ?? [])
      if (keys.length > 0) yield { kind: 'members', group, accounts: keys }
      const children = names.flatMap((name) => groups.get(nameKey(name)) ?? [])
      if (children.length > 0) yield { kind: 'children', group, groups: children }
    }
  }
}
