import { connect } from 'node:net'
import { Writable } from 'node:stream'
import { text as textOf } from 'node:stream/consumers'
import { createPublicServer } from '@rollcall/sidecar/public-server'
import { createServiceLog } from '@rollcall/sidecar/service-log'
import type { FastifyInstance } from 'fastify'
import { expect, it, onTestFinished } from 'vitest'
import { judge } from './fuzz/judge.ts'
import { randomOf } from './fuzz/random.ts'
import { type FuzzRequest, randomRequest } from './fuzz/random-requests.ts'
import { type ScimWorld, startScimWorld } from './harness/scim-world.ts'

const count = 100_000
/** In flight at once: writes of one turn share a commit, as they do in life. */
const together = 64
const seed = Number(process.env.ROLLCALL_FUZZ_SEED ?? 20_261_122)
const mebibyte = 1024 * 1024

it(`${count} random and mutated requests never end in a fault, a whole list for a bad filter, or ever more memory (seed ${seed})`, {
  timeout: 300_000,
}, async () => {
  const world = await startScimWorld()
  const faults: string[] = []
  const app = await mounted(world, faults)
  const random = randomOf(seed)
  const known = await firstIds(world)
  const statuses = new Map<number, number>()
  let settled = 0

  for (let sent = 0; sent < count && faults.length < 20; sent += together) {
    // Ids that exist keep changing; more of them than these would only be forgotten.
    if (known.length > 500) known.splice(0, 250)
    await Promise.all(Array.from({ length: together }, () => one(randomRequest(random, known))))
    if (sent < count / 4) settled = process.memoryUsage.rss()
  }

  expect(faults).toEqual([])
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  expect((process.memoryUsage.rss() - settled) / mebibyte).toBeLessThan(300)
  // A fuzzer that is refused everywhere, or nowhere, tries nothing.
  for (const status of [200, 201, 204, 400, 404, 405, 409, 429]) expect(statuses.get(status) ?? 0).toBeGreaterThan(50)
  // After thirty in a minute a wrong token is told to wait.
  expect(statuses.get(401)).toBeGreaterThan(10)
  const check = world.service.store.raw.pragma('integrity_check', { simple: true })
  expect(check).toBe('ok')
  const list = await world.send('GET', '/Users?count=0')
  const stored = world.service.store.raw.prepare('select count(*) from scim_user').pluck().get()
  expect(list).toMatchObject({ status: 200, body: { totalResults: stored } })

  async function one(request: FuzzRequest): Promise<void> {
    const { method, path, headers, body } = request
    const reply = await app.inject({
      method: method as 'GET',
      url: `/scim/v2/pushed${path}`,
      headers: { authorization: `Bearer ${world.token}`, ...headers },
      ...(body !== undefined && { payload: body }),
    })
    statuses.set(reply.statusCode, (statuses.get(reply.statusCode) ?? 0) + 1)
    const type = String(reply.headers['content-type'] ?? '')
    const found = judge(request, { status: reply.statusCode, type, text: reply.payload })
    faults.push(...found.map((fault) => `${fault}\n  ${JSON.stringify(request).slice(0, 1_500)}`))
    if (reply.statusCode === 201) known.push(...idsIn(reply.payload))
  }
})

const idsIn = (text: string): string[] => /"id":"([0-9a-f-]{36})"/.exec(text)?.slice(1) ?? []

async function mounted({ service: { scim } }: ScimWorld, faults: string[]): Promise<FastifyInstance> {
  const sink = new Writable({
    write(line, _encoding, done) {
      faults.push(`logs ${String(line)}`)
      done()
    },
  })
  const log = createServiceLog('error', sink)
  const app = createPublicServer({ log, url: undefined, hosts: undefined, trustedProxies: [], scim })
  onTestFinished(() => app.close())
  await app.ready()
  return app
}

/** Some users and a group, so that lists are not empty by themselves. */
async function firstIds({ send }: ScimWorld): Promise<string[]> {
  const headers = { 'content-type': 'application/scim+json' }
  const ids: string[] = []
  for (const name of ['ada', 'bob', 'eve', 'dan']) {
    const user = {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName: name,
      emails: [{ value: `${name}@x.org`, type: 'work' }],
    }
    ids.push(...idsIn(JSON.stringify((await send('POST', '/Users', { headers, body: JSON.stringify(user) })).body)))
  }
  const group = {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
    displayName: 'Engineers',
    members: ids.map((value) => ({ value })),
  }
  ids.push(...idsIn(JSON.stringify((await send('POST', '/Groups', { headers, body: JSON.stringify(group) })).body)))
  return ids
}

const authorized = (token: string) => `Host: x\r\nAuthorization: Bearer ${token}\r\nConnection: close\r\n`

it.each([
  ['no request at all', () => 'hello\r\n\r\n'],
  ['a method that nobody knows', (token: string) => `FROB /scim/v2/pushed/Users HTTP/1.1\r\n${authorized(token)}\r\n`],
  [
    'a broken percent sign',
    (token: string) => `GET /scim/v2/pushed/Users/%E0%A4%A HTTP/1.1\r\n${authorized(token)}\r\n`,
  ],
  [
    'too long an address',
    (token: string) => `GET /scim/v2/pushed/Users?filter=${'a'.repeat(17_000)} HTTP/1.1\r\n${authorized(token)}\r\n`,
  ],
  [
    'a length that is none',
    (token: string) => `POST /scim/v2/pushed/Users HTTP/1.1\r\n${authorized(token)}Content-Length: -1\r\n\r\n{}`,
  ],
  [
    'two lengths',
    (token: string) =>
      `POST /scim/v2/pushed/Users HTTP/1.1\r\n${authorized(token)}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
  ],
  [
    'chunks that are none',
    (token: string) =>
      `POST /scim/v2/pushed/Users HTTP/1.1\r\n${authorized(token)}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`,
  ],
  [
    'a body over the limit',
    (token: string) =>
      `POST /scim/v2/pushed/Users HTTP/1.1\r\n${authorized(token)}Content-Type: application/scim+json\r\nContent-Length: 99999999\r\n\r\n{`,
  ],
])('%s is refused as a SCIM error, and the service goes on', async (_, bytes) => {
  const world = await startScimWorld()
  const answer = await exchange(world.baseUrl, bytes(world.token))
  expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /)
  expect(answer).toContain('urn:ietf:params:scim:api:messages:2.0:Error')
  expect(await world.send('GET', '/Users')).toMatchObject({ status: 200, body: { totalResults: 0 } })
})

async function exchange(baseUrl: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(baseUrl)
  const socket = connect({ host: hostname, port: Number(port) })
  socket.write(bytes)
  return textOf(socket)
}
