import { applyConfiguration } from '@rollcall/sidecar/connections/configuration/apply-configuration'
import { parseConfiguration } from '@rollcall/sidecar/connections/configuration/parse-configuration'
import type { Store } from '@rollcall/sidecar/store/open-database'
import { admin } from '@rollcall/simulators/jira/create-jira'
import type { ConfiguredLeg, World } from './world.ts'

/** What the references of the configuration point at. */
export const secretsOf = ({ tenant }: Pick<World, 'tenant'>): Record<string, string> => ({
  BENCH_CLIENT_SECRET: tenant.clientSecret,
  BENCH_JIRA_TOKEN: admin.token,
})

/**
 * Configures one connection and one target as a file would, all groups on the fly. Called again with a changed `round`
 * it raises the version of the policy: everybody is marked.
 */
export async function configure(store: Store, world: World, round = 0): Promise<ConfiguredLeg> {
  const parsed = parseConfiguration(JSON.stringify(configurationOf(world, round)))
  if (parsed.kind === 'invalid') throw parsed.problems[0] ?? new Error('The configuration is invalid.')
  await applyConfiguration(store.db, parsed.configuration, { file: 'bench', prune: false, now: Date.now() })
  const { id: connection } = await store.db.selectFrom('connection').select('id').executeTakeFirstOrThrow()
  const { id: target } = await store.db.selectFrom('target').select('id').executeTakeFirstOrThrow()
  return { connection, target }
}

const configurationOf = ({ tenant, jiraUrl, concurrency }: World, round: number) => ({
  version: 1,
  targets: [
    {
      name: 'Jira',
      kind: 'jira',
      settings: { url: jiraUrl, credentials: { method: 'pat', token: '${BENCH_JIRA_TOKEN}' } },
      administratorGroups: ['jira-administrators'],
      concurrency,
    },
  ],
  connections: [
    {
      name: 'Entra',
      provider: 'entra',
      settings: {
        tenantId: tenant.tenantId,
        clientId: tenant.clientId,
        clientSecret: '${BENCH_CLIENT_SECRET}',
        loginUrl: tenant.url,
        graphUrl: tenant.url,
      },
      policies: [
        {
          target: 'Jira',
          users: { displayName: 'user.displayName', deleted: { action: 'deactivate', graceDays: round } },
          groups: { mode: 'onTheFly' },
        },
      ],
    },
  ],
})
