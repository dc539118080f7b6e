import type Database from 'better-sqlite3'
import { assertNever } from '../../identity/assert-never.ts'
import type { AccountKey, NameKey } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import { Problem } from '../../problem/problem.ts'
import type { ObservationPage, ObservedAccount } from '../../targets/target.ts'
import { type StagedEdges, stageEdges } from '../staging/staged-edges.ts'
import { type StagedRecords, stageRecords } from '../staging/staged-records.ts'
import { observingProblems } from './observing-problems.ts'

/** A whole observation, set down but not yet believed by anybody. */
export interface StagedObservation {
  readonly accounts: StagedRecords<AccountKey>
  /** Under the keys of their names; the content is the name as the target spells it. */
  readonly groups: StagedRecords<NameKey>
  readonly members: StagedEdges
  /** Groups in groups, where the target nests them. */
  readonly children: StagedEdges
}

export interface ObservingProgress {
  readonly phase: 'observing' | 'applying'
  readonly accounts: number
  readonly groups: number
  readonly memberships: number
}

/** Sets the pages down as they come. Throws unless the target said that it listed everything. */
export async function stageObservation(
  pages: AsyncIterable<ObservationPage>,
  staging: Database.Database,
  signal: AbortSignal,
  progress: (progress: ObservingProgress) => void,
): Promise<StagedObservation> {
  const staged = {
    accounts: stageRecords<AccountKey>(staging, 'account'),
    groups: stageRecords<NameKey>(staging, 'target_group'),
    members: stageEdges(staging, 'member'),
    children: stageEdges(staging, 'child'),
  }
  let complete = false
  let memberships = 0
  for await (const page of pages) {
    signal.throwIfAborted()
    take(staged, page)
    complete = page.kind === 'complete'
    if (page.kind === 'members') memberships += page.accounts.length
    progress({ phase: 'observing', accounts: staged.accounts.named(), groups: staged.groups.named(), memberships })
  }
  if (complete) return staged
  throw new Problem(observingProblems.observation_incomplete, 'The target ended its listing before it was complete.')
}

export const parseAccount = (content: string): ObservedAccount => ({ email: undefined, ...JSON.parse(content) })

function take({ accounts, groups, members, children }: StagedObservation, page: ObservationPage): void {
  switch (page.kind) {
    case 'accounts':
      for (const account of page.accounts) accounts.put(account.key, JSON.stringify(account))
      return
    case 'groups':
      for (const name of page.names) groups.put(nameKey(name), name)
      return
    case 'members': {
      const group = groups.localOf(nameKey(page.group))
      members.append(group, { present: page.accounts.map(accounts.localOf), absent: [] })
      return
    }
    case 'children': {
      const group = groups.localOf(nameKey(page.group))
      const named = page.groups.map((name) => groups.localOf(nameKey(name)))
      children.append(group, { present: named, absent: [] })
      return
    }
    case 'complete':
      return
    default:
      assertNever(page)
  }
}
