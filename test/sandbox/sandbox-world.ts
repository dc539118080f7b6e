import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startEntraSimulator } from '@rollcall/simulators/entra/entra-simulator'
import { createTenant, loadTenant, type Tenant } from '@rollcall/simulators/entra/tenant/tenant'
import { createJira } from '@rollcall/simulators/jira/create-jira'
import type { Jira } from '@rollcall/simulators/jira/jira'
import { startJiraSimulator } from '@rollcall/simulators/jira/jira-simulator'
import { loadJira, saveJira } from '@rollcall/simulators/jira/saved-jira'

/** The identity provider and the product of the sandbox, both simulated, both kept over restarts. */
export interface SandboxWorld {
  readonly entraUrl: string
  readonly jiraUrl: string
  readonly tenant: Tenant
  readonly jira: Jira
  save(): void
  close(): Promise<void>
}

export interface SandboxPorts {
  readonly entra: number
  readonly jira: number
}

/** Starts both on loopback with the state that the folder holds, or with a company of 250 people. */
export async function startSandboxWorld(folder: string, ports: SandboxPorts): Promise<SandboxWorld> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const files = { tenant: join(folder, 'entra.json'), jira: join(folder, 'jira.json') }
  const tenant = existsSync(files.tenant) ? loadTenant(readFileSync(files.tenant, 'utf8')) : createSandboxTenant()
  const jira = existsSync(files.jira)
    ? loadJira(JSON.parse(readFileSync(files.jira, 'utf8')))
    : createSandboxJira(tenant)
  const entra = await startEntraSimulator({ port: ports.entra, tenant })
  const product = await startJiraSimulator({ port: ports.jira, jira, latencyMs: 5 })
  const save = () => {
    write(files.tenant, tenant.save())
    write(files.jira, JSON.stringify(saveJira(jira)))
  }
  save()
  return {
    entraUrl: entra.loginUrl,
    jiraUrl: product.url,
    tenant,
    jira,
    save,
    async close() {
      await Promise.all([entra.close(), product.close()])
      save()
    },
  }
}

/** A file is replaced whole, so that a second start never meets half of one. */
function write(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

const createSandboxTenant = (): Tenant =>
  createTenant({ seed: 2026, users: 250, groups: 24, memberships: 700, nested: 6, domain: 'example.com' })

/** A Jira that was used by hand before: some of the company's people are in it, one leads a project, and a few others. */
function createSandboxJira(tenant: Tenant): Jira {
  const people = tenant.users().slice(0, 60)
  const users = people.map(({ properties }) => ({
    name: userNameOf(properties),
    displayName: String(properties.displayName),
    emailAddress: String(properties.mail ?? `${userNameOf(properties)}@example.com`),
    groups: ['jira-software-users'],
    hasActivity: true,
  }))
  const lead = users[0]?.name ?? 'admin'
  const others = ['build.bot', 'contractor.kay', 'contractor.lee'].map((name) => ({
    name,
    displayName: name,
    emailAddress: `${name}@partner.example`,
    groups: ['jira-software-users'],
  }))
  return createJira({
    version: '10.3-late',
    users: [...users, ...others],
    projects: [
      { key: 'OPS', name: 'Operations', lead, components: [{ name: 'Network', lead }] },
      { key: 'WEB', name: 'Web site', lead: users[1]?.name ?? 'admin' },
    ],
  })
}

/** What the sandbox's policy makes of a principal name: the part before the `@`. */
const userNameOf = (properties: Readonly<Record<string, unknown>>): string =>
  String(properties.userPrincipalName).replace(/@.*/, '').toLowerCase()
