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
  await liftLimit(store)
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
      policies: [{ target: 'Jira', groups: { mode: 'onTheFly' } }],
    },
  ],
}

/** More requests a second than any connection may be configured for: what is measured is how many there can be. */
async function liftLimit({ db }: Service['store']): Promise<void> {
  const { id, entry } = await db.selectFrom('connection').select(['id', 'entry']).executeTakeFirstOrThrow()
  const parsed = JSON.parse(entry) as { settings: Record<string, unknown> }
  const lifted = { ...parsed, settings: { ...parsed.settings, requestsPerSecond: 1_000_000 } }
  await db
    .updateTable('connection')
    .set({ entry: JSON.stringify(lifted) })
    .where('id', '=', id)
    .execute()
}
