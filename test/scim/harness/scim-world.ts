import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { applyConfiguration } from '@rollcall/sidecar/connections/configuration/apply-configuration'
import { parseConfiguration } from '@rollcall/sidecar/connections/configuration/parse-configuration'
import type { ConnectionId } from '@rollcall/sidecar/identity/ids'
import { createPublicServer } from '@rollcall/sidecar/public-server'
import { createService, type Service } from '@rollcall/sidecar/service'
import { createServiceLog } from '@rollcall/sidecar/service-log'
import { Agent, request } from 'undici'
import { onTestFinished } from 'vitest'
import type { Desired } from '../dialects/conversation.ts'

export interface ScimReply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** Parsed where there is one. */
  readonly body: unknown
}

export interface ScimWorld {
  readonly service: Service
  readonly connection: ConnectionId
  /** The public listener, with its connection's token. */
  readonly baseUrl: string
  readonly token: string
  send(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    options?: { readonly headers?: Readonly<Record<string, string>>; readonly body?: string | undefined },
  ): Promise<ScimReply>
  /** Everybody and every group of the connection, as planning sees them. */
  desired(): Promise<Omit<Desired, 'kind' | 'when'>>
}

/** A service on a port of its own, with a connection that is pushed into and a target that is paused: nothing is executed. */
export async function startScimWorld(provider = 'custom'): Promise<ScimWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-scim-'))
  const log = createServiceLog('silent')
  const service = await createService({ dataFolder: folder, log })
  const connection = await configure(service, provider)
  const server = createPublicServer({ log, url: undefined, hosts: undefined, trustedProxies: [], scim: service.scim })
  const origin = await server.listen({ host: '127.0.0.1', port: 0 })
  const { token } = await service.scim.tokens.create(connection, { label: 'test' })
  const agent = new Agent()
  onTestFinished(async () => {
    await agent.close()
    await server.close()
    await service.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const baseUrl = `${origin}/scim/v2/pushed`
  return {
    service,
    connection,
    baseUrl,
    token,
    async send(method, path, { headers = {}, body } = {}) {
      const answer = await request(`${baseUrl}${path}`, {
        method,
        dispatcher: agent,
        headers: { authorization: `Bearer ${token}`, ...headers },
        ...(body !== undefined && { body }),
      })
      const text = await answer.body.text()
      return { status: answer.statusCode, headers: answer.headers, body: text === '' ? undefined : JSON.parse(text) }
    },
    desired: () => readDesired(service, connection),
  }
}

async function configure({ store, scim }: Service, provider: string): Promise<ConnectionId> {
  process.env.SCIM_TEST_JIRA_TOKEN = 'never used'
  const parsed = parseConfiguration(JSON.stringify(configurationOf(provider)))
  if (parsed.kind === 'invalid') throw parsed.problems[0] ?? new Error('The configuration is invalid.')
  await applyConfiguration(store.db, parsed.configuration, { file: 'test', prune: false, now: Date.now() })
  await scim.refresh()
  const { id } = await store.db.selectFrom('connection').select('id').executeTakeFirstOrThrow()
  return id
}

const configurationOf = (provider: string) => ({
  version: 1,
  targets: [
    {
      name: 'Jira',
      kind: 'jira',
      settings: { url: 'http://127.0.0.1:9', credentials: { method: 'pat', token: '${SCIM_TEST_JIRA_TOKEN}' } },
      paused: true,
    },
  ],
  connections: [
    {
      name: 'Pushed',
      provider,
      method: 'scim',
      settings: { requestsPerSecond: 10_000 },
      policies: [{ target: 'Jira', groups: { mode: 'onTheFly' } }],
    },
  ],
})

async function readDesired(
  { store: { db } }: Service,
  connection: ConnectionId,
): Promise<Omit<Desired, 'kind' | 'when'>> {
  const people = await db
    .selectFrom('identity')
    .select(['id', 'user_name', 'active', 'deleted_at'])
    .where('connection_id', '=', connection)
    .execute()
  const edges = await db
    .selectFrom('source_group')
    .leftJoin('identity_membership', 'identity_membership.source_group_id', 'source_group.id')
    .leftJoin('identity', 'identity.id', 'identity_membership.identity_id')
    .select(['source_group.display_name', 'identity.user_name'])
    .where('source_group.connection_id', '=', connection)
    .where('source_group.deleted_at', 'is', null)
    .execute()
  const groups = Object.fromEntries(edges.map(({ display_name }) => [display_name, [] as string[]]))
  for (const { display_name, user_name } of edges) if (user_name !== null) groups[display_name]?.push(user_name)
  const named = (which: (person: (typeof people)[number]) => boolean) =>
    people.filter(which).map(({ user_name }) => user_name)
  return {
    people: {
      active: named(({ active, deleted_at }) => deleted_at === null && active === 1),
      disabled: named(({ active, deleted_at }) => deleted_at === null && active === 0),
      deleted: named(({ deleted_at }) => deleted_at !== null),
    },
    groups,
  }
}
