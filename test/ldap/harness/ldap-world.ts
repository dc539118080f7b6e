import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { admin, createJira } from '@rollcall/simulators/jira/create-jira'
import { type JiraSimulator, startJiraSimulator } from '@rollcall/simulators/jira/jira-simulator'
import { onTestFinished } from 'vitest'
import type { ThrowAwaySlapd } from '../../../scripts/slapd.ts'
import type { Administrator } from '../../end-to-end/harness/administrator.ts'
import { configurationText, targetEntry } from '../../end-to-end/harness/configuration.ts'
import { startInProcess } from '../../end-to-end/harness/service-in-process.ts'
import type { Company } from '../company/company.ts'
import { type FaultProxy, startFaultProxy } from '../fault-proxy/fault-proxy.ts'
import { type BindAccount, bindAccounts, passwordOf } from '../servers/bind-accounts.ts'
import { startCompany } from '../servers/start-company.ts'
import { ldapSettings } from './ldap-settings.ts'

type Part = Readonly<Record<string, unknown>>

export interface ConnectionChange {
  readonly settings?: Part
  readonly account?: BindAccount
  readonly guard?: Part
}

/** A directory, a proxy before it, a Jira and the whole service between them; they end with the test. */
export interface LdapWorld {
  readonly company: Company
  readonly slapd: ThrowAwaySlapd
  readonly proxy: FaultProxy
  readonly jira: JiraSimulator
  readonly administrator: Administrator
  readonly dataFolder: string
  /** The one connection, `directory`, as it is unless something is said. */
  configure(change?: ConnectionChange): Promise<unknown>
}

let worlds = 0

/** What is to be stopped, in the order of starting; by default when the test ends. */
type AtEnd = (stop: () => unknown) => void

const whenTheTestEnds: AtEnd = (stop) =>
  onTestFinished(async () => {
    await stop()
  })

export async function startLdapWorld(
  company: Company,
  first: ConnectionChange = {},
  atEnd: AtEnd = whenTheTestEnds,
): Promise<LdapWorld> {
  worlds += 1
  const slapd = await startCompany(company)
  atEnd(() => slapd.stop())
  const proxy = await startFaultProxy(slapd)
  atEnd(() => proxy.close())
  const jira = await startJiraSimulator({ jira: createJira(), latencyMs: 0 })
  atEnd(() => jira.close())
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-ldap-world-'))
  atEnd(() => rmSync(folder, { recursive: true, force: true }))
  const jiraSecret = `LDAP_JIRA_TOKEN_${worlds}`
  // Before the service starts: its worker takes the environment with it.
  process.env[jiraSecret] = admin.token
  for (const account of bindAccounts) process.env[secretOf(account)] = passwordOf(account)
  const dataFolder = join(folder, 'service')
  const { administrator, close } = await startInProcess(dataFolder)
  atEnd(close)

  const configure = ({ settings, account = 'reader', guard }: ConnectionChange = {}) => {
    const bindPassword = `\${${secretOf(account)}}`
    const all = { ...ldapSettings(proxy.url, company.suffix, {}, account), bindPassword, ...settings }
    return administrator.configure(
      configurationText([targetEntry({ url: jira.url, secret: jiraSecret })], [directoryEntry(all, guard)]),
    )
  }
  await configure(first)
  return { company, slapd, proxy, jira, administrator, dataFolder, configure }
}

const secretOf = (account: BindAccount) => `LDAP_PASSWORD_OF_${account.toUpperCase()}`

export const directoryEntry = (settings: Part, guard?: Part): Part => ({
  name: 'Directory',
  slug: 'directory',
  provider: 'openldap',
  method: 'ldap',
  settings,
  policies: [{ target: 'Jira', users: {}, groups: { mode: 'onTheFly' }, ...(guard && { guard }) }],
})

/** A world in which the first plan was approved and applied. */
export async function startSettledLdapWorld(
  company: Company,
  first: ConnectionChange = {},
  atEnd: AtEnd = whenTheTestEnds,
): Promise<LdapWorld> {
  const world = await startLdapWorld(company, first, atEnd)
  const run = await world.administrator.follow('directory')
  if (run.outcome !== 'succeeded') throw new Error(`The first plan could not be applied: ${JSON.stringify(run)}`)
  world.jira.requests.clear()
  return world
}
