import { openReadOnly } from '@rollcall/sidecar/store/open-database'
import { createJira } from '@rollcall/simulators/jira/create-jira'
import type { Jira } from '@rollcall/simulators/jira/jira'
import { type JiraSimulator, startJiraSimulator } from '@rollcall/simulators/jira/jira-simulator'
import { server } from './program.ts'

let running: JiraSimulator | undefined

const simulator = (): JiraSimulator => {
  if (!running) throw new Error('The simulated Jira is not started.')
  return running
}

const handlers = {
  /** With the accounts and groups that a store believes to be in it, or with its administrator alone. */
  async start({ like, latencyMs }: { readonly like?: string; readonly latencyMs: number }): Promise<string> {
    const jira = createJira({ version: '10.3-late' })
    if (like !== undefined) fill(jira, like)
    running = await startJiraSimulator({ jira, latencyMs })
    return running.url
  },
  countRequests: (_: undefined): number => simulator().requests.count(),
  /** What is wrong with it after a run: requests that the API does not allow. */
  violations: (_: undefined) => simulator().violations.slice(0, 5),
  count: (_: undefined) => {
    const { people, groups } = simulator().jira
    const all = groups.sorted()
    return {
      users: people.sorted().length,
      groups: all.length,
      memberships: all.reduce((n, g) => n + g.members.size, 0),
    }
  },
}
export type JiraHandlers = typeof handlers

interface MemberRow {
  readonly group_name: string
  readonly account_name: string
}

interface AccountRow {
  readonly key: string
  readonly name: string
  readonly email: string
  readonly displayName: string
}

function fill(jira: Jira, database: string): void {
  const { raw } = openReadOnly(database)
  const accounts = raw.prepare<[], AccountRow>(
    'select account_key as key, name, email, display_name as displayName from account order by id',
  )
  for (const { key, name, email, displayName } of accounts.iterate()) {
    jira.change.addUser({ key, name, displayName, emailAddress: email })
  }
  for (const name of raw.prepare<[], string>('select name from target_group order by id').pluck().iterate()) {
    jira.change.ensureGroup(name)
  }
  const members = raw.prepare<[], MemberRow>(
    `select target_group.name as group_name, account.name as account_name from account_membership
     join target_group on target_group.id = target_group_id join account on account.id = account_id`,
  )
  for (const { group_name, account_name } of members.iterate()) jira.change.join(group_name, account_name)
  raw.close()
}

server(handlers)
