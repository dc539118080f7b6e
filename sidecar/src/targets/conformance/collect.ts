import { expect } from 'vitest'
import type { AccountKey } from '../../identity/ids.ts'
import type { ObservedAccount, Target } from '../target.ts'
import { signal } from './suite.ts'

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
