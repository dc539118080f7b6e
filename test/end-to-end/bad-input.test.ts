import type { CheckReport, ConfigurationReport, DoctorReport } from '@rollcall/contract/api/connections'
import { admin } from '@rollcall/simulators/jira/create-jira'
import { describe, expect, test } from 'vitest'
import { onlyLeg } from './harness/administrator.ts'
import { connectionEntry, targetEntry } from './harness/configuration.ts'
import { writes } from './harness/jira-reading.ts'
import { addPeople, emptyTenant } from './harness/people.ts'
import { startWorld, type World, type WorldOptions } from './harness/world.ts'

/** The discard port: nothing listens there. */
const nowhere = 'http://127.0.0.1:9'

interface Fault {
  readonly what: string
  readonly where: 'connection' | 'target'
  readonly code: string
  readonly options?: WorldOptions
  readonly prepare?: (world: World) => unknown
}

const secretOf = ({ tenant }: World) => tenant.application.secrets
const wrongSettings = (settings: Readonly<Record<string, unknown>>): WorldOptions => ({ connection: { settings } })
const jiraAt = (url: string): WorldOptions => ({
  target: { settings: { url, credentials: { method: 'pat', token: '${E2E_ANY_TOKEN}' } } },
})
const nobody = '00000000-0000-4000-8000-000000000000'

const faults: readonly Fault[] = [
  {
    what: 'a wrong tenant',
    where: 'connection',
    code: 'graph_tenant_unknown',
    options: wrongSettings({ tenantId: nobody }),
  },
  {
    what: 'a wrong client',
    where: 'connection',
    code: 'graph_client_unknown',
    options: wrongSettings({ clientId: nobody }),
  },
  {
    what: 'a wrong secret',
    where: 'connection',
    code: 'graph_secret_wrong',
    prepare: (world) => secretOf(world).splice(0, 1, { value: 'other', expiresAt: '2199-01-01T00:00:00Z' }),
  },
  {
    what: 'an expired secret',
    where: 'connection',
    code: 'graph_secret_expired',
    prepare: (world) =>
      secretOf(world).splice(0, 1, { ...secretOf(world)[0], expiresAt: '2020-01-01T00:00:00Z' } as never),
  },
  {
    what: 'A-057: no consent',
    where: 'connection',
    code: 'graph_consent_missing',
    prepare: ({ tenant }) => tenant.application.permissions.splice(0),
  },
  {
    what: 'A-057: a missing permission',
    where: 'connection',
    code: 'graph_permission_missing',
    prepare: ({ tenant }) => tenant.application.permissions.splice(0, 3, 'User.Read.All'),
  },
  {
    what: 'an unreachable sign-in host',
    where: 'connection',
    code: 'outgoing_connection_refused',
    options: wrongSettings({ loginUrl: nowhere }),
  },
  {
    what: 'a sign-in host that does not exist',
    where: 'connection',
    code: 'outgoing_host_unknown',
    options: wrongSettings({ loginUrl: 'https://login.does-not-exist.invalid' }),
  },
  {
    what: 'an environment variable that is not set',
    where: 'connection',
    code: 'secret_unresolved',
    options: { connection: { secret: 'E2E_NEVER_SET' } },
  },
  {
    what: 'a group of the scope that does not exist',
    where: 'connection',
    code: 'scope_entry_unmatched',
    options: wrongSettings({ scope: { groups: ['Nobody'] } }),
  },
  {
    what: 'a wrong access token of Jira',
    where: 'target',
    code: 'jira_token_refused',
    prepare: ({ jira }) => jira.jira.access.removeToken(admin.token),
  },
  {
    what: 'a wrong password of Jira',
    where: 'target',
    code: 'jira_password_refused',
    options: {
      target: {
        settings: { url: '', credentials: { method: 'basic', username: 'admin', password: '${E2E_ANY_TOKEN}' } },
      },
    },
  },
  {
    what: 'a Jira account that is no administrator',
    where: 'target',
    code: 'jira_not_administrator',
    prepare: ({ jira }) => jira.jira.change.leave('jira-administrators', 'admin'),
  },
  {
    what: 'a Jira in maintenance',
    where: 'target',
    code: 'jira_unavailable',
    prepare: ({ jira }) => {
      jira.jira.settings.state = 'MAINTENANCE'
    },
  },
  { what: 'a Jira that is not there', where: 'target', code: 'outgoing_connection_refused', options: jiraAt(nowhere) },
]

/** The settings of a target replace those of the world; an empty address stands for that of its Jira. */
async function startFaulty({ options = {}, prepare }: Fault): Promise<World> {
  process.env.E2E_ANY_TOKEN = 'wrong'
  const tenant = emptyTenant()
  addPeople(tenant, 'ada')
  const { target, ...rest } = options
  const world = await startWorld({ tenant, ...rest })
  if (target) {
    const settings = { ...(target.settings as object) } as { url: string }
    await world.administrator.configure(
      world.configuration(rest.connection, { settings: { ...settings, url: settings.url || world.jira.url } }),
    )
  }
  prepare?.(world)
  return world
}

describe.each(faults)('$what', (fault) => {
  test(`is told as ${fault.code} by check, doctor and run, and nothing is written`, async () => {
    const world = await startFaulty(fault)
    const { api } = world.administrator
    const checked = await api.call<CheckReport>(
      'POST',
      fault.where === 'connection' ? '/connections/entra/check' : '/targets/jira/check',
    )
    expect(checked.ok).toBe(false)
    const problem = checked.steps.find(({ ok }) => !ok)?.problem
    expect(problem?.code).toBe(fault.code)
    expect(problem?.remedy).toMatch(/\w{3}.*\.$/s)

    const { checks } = await api.call<DoctorReport>('GET', '/doctor')
    const concerned = checks.filter(({ steps }) => steps.some(({ ok }) => !ok)).map(({ subject }) => subject)
    expect(concerned).toEqual([fault.where === 'connection' ? 'Connection Entra' : 'Target Jira'])

    const run = await world.administrator.synchronize('entra', {}, 60_000)
    expect(run.outcome).toBe('failed')
    const ended = run.problem ?? onlyLeg(run).problem
    expect([ended?.code, ended?.remedy]).toEqual([fault.code, expect.stringMatching(/\.$/)])
    expect(writes(world.jira)).toEqual([])
  })
})

test('no two faults of one side share a code or a remedy', () => {
  for (const where of ['connection', 'target']) {
    const codes = faults.filter((fault) => fault.where === where).map(({ code }) => code)
    expect(new Set(codes).size).toBe(codes.length)
  }
})

const entra = {
  loginUrl: nowhere,
  graphUrl: nowhere,
  tenant: emptyTenant(),
}
const valid = () => ({
  version: 1,
  targets: [targetEntry({ url: nowhere, secret: 'E2E_ANY_TOKEN' })] as Record<string, unknown>[],
  connections: [connectionEntry({ entra, secret: 'E2E_ANY_TOKEN' })] as Record<string, unknown>[],
})
type File = ReturnType<typeof valid>

const withPolicy = (users: Readonly<Record<string, unknown>>): File => ({
  ...valid(),
  connections: [connectionEntry({ entra, secret: 'E2E_ANY_TOKEN', users })],
})

const files: readonly (readonly [string, string, string])[] = [
  ['what is no YAML', 'version: 1\n  targets: [', 'configuration_syntax'],
  ['a wrong key', JSON.stringify({ ...valid(), conections: [] }), 'configuration_key_unknown'],
  ['a missing key', JSON.stringify({ ...valid(), targets: [{ name: 'Jira' }] }), 'configuration_key_missing'],
  ['a wrong value', JSON.stringify({ ...valid(), version: 2 }), 'configuration_value_invalid'],
  [
    'an expression that cannot be parsed',
    JSON.stringify(withPolicy({ displayName: 'user.givenName +' })),
    'expression_syntax',
  ],
  ['a pattern that cannot be parsed', JSON.stringify(withPolicy({ userName: { pattern: '(' } })), 'pattern_syntax'],
  [
    'two connections of one name',
    JSON.stringify({
      ...valid(),
      connections: [...valid().connections, { ...valid().connections[0], name: 'ENTRA', slug: 'other' }],
    }),
    'configuration_name_taken',
  ],
  [
    'a secret in plain text',
    JSON.stringify(valid()).replaceAll('${E2E_ANY_TOKEN}', 'plain'),
    'configuration_secret_literal',
  ],
  [
    'a target that is not described',
    JSON.stringify({ ...valid(), targets: [{ ...valid().targets[0], name: 'Confluence' }] }),
    'configuration_target_unknown',
  ],
  [
    'an unknown provider',
    JSON.stringify({ ...valid(), connections: [{ ...valid().connections[0], provider: 'entrance' }] }),
    'configuration_provider_unknown',
  ],
  [
    'an unknown kind of target',
    JSON.stringify({ ...valid(), targets: [{ ...valid().targets[0], kind: 'jria' }] }),
    'configuration_kind_unknown',
  ],
  [
    'a schedule that never comes',
    JSON.stringify({
      ...valid(),
      connections: [{ ...valid().connections[0], schedule: { cron: '99 * * * *', timeZone: 'UTC' } }],
    }),
    'configuration_cron_invalid',
  ],
]

test('each thing that can be wrong with a configuration file has a code, a remedy and a line of its own', async () => {
  const { administrator } = await startWorld()
  const said = new Set<string>()
  for (const [what, text, code] of files) {
    const body = { text, fileName: 'other.yaml' }
    const report = await administrator.api.call<ConfigurationReport>('POST', '/configuration/validate', body)
    expect([what, report.ok, report.problems.map((problem) => problem.code)]).toEqual([
      what,
      false,
      report.problems.map(() => code),
    ])
    expect(report.problems[0]?.message).toMatch(/Line \d+/)
    for (const { remedy } of report.problems) said.add(remedy)
    await expect(administrator.api.call('POST', '/configuration', body)).rejects.toMatchObject({ status: 422 })
  }
  expect(said.size).toBeGreaterThanOrEqual(files.length)
})
