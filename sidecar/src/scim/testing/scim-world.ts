import Fastify, { type FastifyInstance, type InjectOptions } from 'fastify'
import type { ConnectionId } from '../../identity/ids.ts'
import { migrateStore } from '../../store/migrate.ts'
import { openStore, type Store } from '../../store/open-database.ts'
import { openScim, type Scim } from '../open-scim.ts'
import type { ScimConnectionSettings } from '../scim-connection.ts'
import { scimRoutes } from '../scim-plugin.ts'
import { scimServerOptions } from '../scim-server-options.ts'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | undefined>>
  // biome-ignore lint/suspicious/noExplicitAny: what a test expects of an answer is its own affair
  readonly body: any
  readonly text: string
}

export interface ScimWorld {
  readonly store: Store
  readonly scim: Scim
  readonly app: FastifyInstance
  readonly connection: ConnectionId
  readonly token: string
  /** Connections that were told to run, in order. */
  readonly runs: ConnectionId[]
  /** The time that the service sees; tests move it. */
  readonly clock: { now: number }
  /** A request of the client, below the base URL of the connection `entra`. */
  send(method: Method, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>
  /** A request as it is. */
  inject(options: InjectOptions): Promise<Answer>
  close(): Promise<void>
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface ScimWorldOptions {
  readonly settings?: Partial<ScimConnectionSettings>
  readonly url?: string
}

/** A connection `entra` with a token, a store in memory, and a server without a port. */
export async function openScimWorld(options: ScimWorldOptions = {}): Promise<ScimWorld> {
  const store = openStore(':memory:')
  await migrateStore(store)
  const connection = await insertConnection(store, 'entra', options.settings)
  const clock = { now: Date.UTC(2026, 0, 1) }
  const runs: ConnectionId[] = []
  const scim = await openScim({
    store,
    now: () => clock.now,
    monotonic: () => performance.now(),
    report: (error) => {
      throw error
    },
    cursorKey: Buffer.alloc(32, 1),
    runs: {
      enqueue: async (id) => runs.push(id),
      ended: async () => 'succeeded',
    },
  })
  const { token } = await scim.tokens.create(connection, { label: 'test' })
  const app = Fastify(scimServerOptions)
  const publicUrl = options.url === undefined ? undefined : new URL(options.url)
  app.register(scimRoutes, { prefix: '/scim', publicUrl, ...scim.options })
  const inject = async (request: InjectOptions): Promise<Answer> => answerOf(await app.inject(request))
  return {
    store,
    scim,
    app,
    connection,
    token,
    runs,
    clock,
    inject,
    send: (method, path, body, headers = {}) =>
      inject({
        method,
        url: `/scim/v2/entra${path}`,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body !== undefined && { 'content-type': 'application/scim+json' }),
          ...headers,
        },
        ...(body !== undefined && { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    async close() {
      await app.close()
      await scim.close()
      await store.close()
    },
  }
}

export async function insertConnection(
  { db }: Store,
  slug: string,
  settings: Partial<ScimConnectionSettings> = {},
): Promise<ConnectionId> {
  const defaults: ScimConnectionSettings = { delivery: 'queue', allowedAddresses: [], requestsPerSecond: 10_000 }
  const entry = { name: slug, provider: 'entra', method: 'scim', settings: { ...defaults, ...settings } }
  const row = await db
    .insertInto('connection')
    .values({
      slug,
      name: slug,
      name_key: slug as never,
      provider: 'entra',
      method: 'scim',
      position: 0,
      entry: JSON.stringify(entry) as never,
      managed_by: 'test',
      created_at: 0,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

type Injected = Awaited<ReturnType<FastifyInstance['inject']>>

const answerOf = ({ statusCode, headers, payload }: Injected): Answer => ({
  status: statusCode,
  headers: headers as Answer['headers'],
  body: payload === '' ? undefined : JSON.parse(payload),
  text: payload,
})
