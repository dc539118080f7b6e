import { once } from 'node:events'
import { createServer } from 'node:net'
import { findSlapd } from '../../scripts/slapd.ts'
import { type Company, type Group, generateCompany, type Person } from '../ldap/company/company.ts'
import { bindDn } from '../ldap/servers/bind-accounts.ts'
import { startCompany } from '../ldap/servers/start-company.ts'

/** The LDAP server of the sandbox. */
export interface SandboxDirectory {
  readonly url: string
  readonly suffix: string
  readonly bindDn: string
  stop(): Promise<void>
}

/** Starts OpenLDAP with a small company on that port; `undefined` where it is not installed. */
export async function startSandboxDirectory(port: number): Promise<SandboxDirectory | undefined> {
  if (findSlapd() === undefined) return undefined
  await ensureFree(port)
  const { url, stop } = await startCompany(company, { ports: { plain: port, tls: port } })
  return { url, suffix: company.suffix, bindDn: bindDn('reader', company.suffix), stop }
}

/** Otherwise somebody else's server would be taken for this one. */
async function ensureFree(port: number): Promise<void> {
  const server = createServer().listen(port, '127.0.0.1')
  await once(server, 'listening')
  server.close()
  await once(server, 'close')
}

const suffix = 'dc=directory,dc=example'

const group = (number: number, cn: string, people: readonly number[], groups: readonly number[] = []): Group => ({
  dn: `cn=${cn},ou=groups,${suffix}`,
  id: `5a4d0000-0000-4000-8000-00000000000${number}`,
  cn,
  people,
  groups,
  dangling: false,
})

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index)

const readable = (person: Person, index: number): Person => {
  const uid = `${letters(person.givenName)}.${letters(person.sn)}${index}`
  return { ...person, uid, mail: `${uid}@directory.example` }
}

const letters = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase() || 'x'

/** Forty people in five departments, two of which are one division. */
const company: Company = {
  suffix,
  people: generateCompany({ suffix, seed: 40, people: 40, groups: 0, memberships: 0 }).people.map(readable),
  groups: [
    group(0, 'Research', range(0, 12)),
    group(1, 'Development', range(12, 24)),
    group(2, 'Engineering', [24], [0, 1]),
    group(3, 'Sales', range(25, 33)),
    group(4, 'Finance', range(33, 40)),
  ],
}
