import { applyConfiguration } from '@rollcall/sidecar/connections/configuration/apply-configuration'
import { parseConfiguration } from '@rollcall/sidecar/connections/configuration/parse-configuration'
import type { ConnectionId } from '@rollcall/sidecar/identity/ids'
import { createService, type Service } from '@rollcall/sidecar/service'
import { createServiceLog } from '@rollcall/sidecar/service-log'

/** The service as `rollcall serve` opens it, with a connection that is pushed into; its target is paused, so nothing is executed. */
export async function openPushedService(dataFolder: string): Promise<{ service: Service; connection: ConnectionId }> {
  process.env.BENCH_JIRA_TOKEN = 'never used'
  const service = await createService({ dataFolder, log: createServiceLog('error') })
  return { service, connection: await configure(service) }
}

async function configure({ store, scim }: Service): Promise<ConnectionId> {
  const parsed = parseConfiguration(JSON.stringify(configuration))
  if (parsed.kind === 'invalid') throw parsed.problems[0] ?? new Error('The configuration is invalid.')
  await applyConfiguration(store.db, parsed.configuration, { file: 'bench', prune: false, now: Date.now() })
  await scim.refresh()
  const { id } = await store.db.selectFrom('connection').select('id').executeTakeFirstOrThrow()
  return id
}

const configuration = {
  version: 1,
  targets: [
    {
      name: 'Jira',
      kind: 'jira',
      settings: { url: 'http://127.0.0.1:9', credentials: { method: 'pat', token: '${BENCH_JIRA_TOKEN}' } },
      paused: true,
    },
  ],
  connections: [
    {
      name: 'Pushed',
      provider: 'entra',
      method: 'scim',
      settings: { requestsPerSecond: 10_000 },
      policies: [{ target: 'Jira', groups: { mode: 'onTheFly' } }],
    },
  ],
}
