import { applyConfiguration } from '@rollcall/sidecar/connections/configuration/apply-configuration'
import { parseConfiguration } from '@rollcall/sidecar/connections/configuration/parse-configuration'
import type { ReadingSummary } from '@rollcall/sidecar/runs/reading/read-connection'
import { createService } from '@rollcall/sidecar/service'
import { createServiceLog } from '@rollcall/sidecar/service-log'
import type { Store } from '@rollcall/sidecar/store/open-database'
import { peakMemoryMB } from '../probes/memory.ts'
import { program } from '../processes/program.ts'
import { type DirectoryFacts, settingsFor } from './directory-facts.ts'

export interface DirectoryReadingInput {
  readonly directory: DirectoryFacts
  readonly dataFolder: string
  /** Everything, though changes would do. */
  readonly whole: boolean
  /** List all ids, too: what is due once a day. */
  readonly enumerate?: boolean
}

export interface DirectoryReading {
  readonly seconds: number
  readonly peakMB: number
  readonly summary: ReadingSummary
}

/** One reading by our own pipeline: LDAP in the worker, staged, compared and stored durably. */
program(
  async ({ directory, dataFolder, whole, enumerate = false }: DirectoryReadingInput): Promise<DirectoryReading> => {
    process.env.BENCH_JIRA_TOKEN = 'never used'
    process.env.BENCH_BIND_PASSWORD = String(settingsFor(directory).bindPassword)
    const { store, worker, close } = await createService({ dataFolder, log: createServiceLog('error') })
    const connection = await configure(store, directory, enumerate)
    const quiet = { signal: new AbortController().signal, progress: () => {} }
    // The worker has started, as in a service that runs for a while.
    await worker.run('check', { connection }, quiet)
    const began = performance.now()
    const summary = await worker.run('read', { connection, at: Date.now(), snapshot: whole }, quiet)
    const seconds = (performance.now() - began) / 1000
    await close()
    return { seconds, peakMB: peakMemoryMB(), summary }
  },
)

async function configure({ db }: Store, directory: DirectoryFacts, enumerate: boolean) {
  const parsed = parseConfiguration(JSON.stringify(configurationOf(directory, enumerate)))
  if (parsed.kind === 'invalid') throw parsed.problems[0] ?? new Error('The configuration is invalid.')
  await applyConfiguration(db, parsed.configuration, { file: 'bench', prune: false, now: Date.now() })
  return (await db.selectFrom('connection').select('id').executeTakeFirstOrThrow()).id
}

const configurationOf = (directory: DirectoryFacts, enumerate: boolean) => ({
  version: 1,
  targets: [
    {
      name: 'Jira',
      kind: 'jira',
      settings: { url: 'http://127.0.0.1:9', credentials: { method: 'pat', token: '${BENCH_JIRA_TOKEN}' } },
    },
  ],
  connections: [
    {
      name: 'Directory',
      provider: 'openldap',
      method: 'ldap',
      settings: settingsFor(directory, {
        bindPassword: '${BENCH_BIND_PASSWORD}',
        ...(enumerate && { enumerateEveryHours: 0 }),
      }),
      policies: [{ target: 'Jira', users: {}, groups: { mode: 'onTheFly' } }],
    },
  ],
})
