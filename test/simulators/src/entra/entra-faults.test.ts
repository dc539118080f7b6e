import { afterEach, beforeEach, expect, test } from 'vitest'
import type { FaultRule } from '../faults.ts'
import { emptyEnd, emptyPage, foreignNextLink, nextLinkLoop, repeatedPage, throttled } from './entra-faults.ts'
import { type EntraSimulator, startEntraSimulator } from './entra-simulator.ts'
import { createTenant } from './tenant/tenant.ts'
import { createGraphClient, type GraphClient } from './testing/graph-client.ts'

let simulator: EntraSimulator
let client: GraphClient

beforeEach(async () => {
  simulator = await startEntraSimulator({ tenant: createTenant({ users: 10, groups: 2 }), replays: false })
  client = await createGraphClient(simulator)
})
afterEach(() => simulator.close())

const users = '/users?$top=6&$select=id'
const match = /GET \/v1\.0\/users/

/** Follows links for at most ten pages. */
async function read(): Promise<{ ids: string[]; pages: number; end: string | undefined }> {
  const ids: string[] = []
  let link: string | undefined = users
  let pages = 0
  for (; link && pages < 10; pages += 1) {
    const { body } = await client.get(link)
    ids.push(...body.value.map(({ id }: { id: string }) => id))
    link = body['@odata.nextLink']
  }
  return { ids, pages, end: link }
}

test('throttles as often as told, with Retry-After and the headers of the identity service, and counts the requests', async () => {
  simulator.faults.add(throttled({ match, times: 2, retryAfter: 7 }))
  const first = await client.get(users)
  expect([first.status, first.headers.get('retry-after'), first.body.error.code]).toEqual([429, '7', 'TooManyRequests'])
  expect(first.headers.get('x-ms-throttle-limit-percentage')).toBe('1.2')
  expect((await client.get(users)).status).toBe(429)
  expect((await client.get(users)).status).toBe(200)
  expect(simulator.countRequests(match)).toBe(3)
})

test('throttles without Retry-After, and parts of a batch on their own', async () => {
  simulator.faults.add(throttled({ match: /GET \/v1\.0\/groups/ }))
  const requests = ['/users', '/groups'].map((url) => ({ id: url, method: 'GET', url }))
  const { body } = await client.post('/$batch', { requests })
  expect(body.responses.map(({ id, status }: { id: string; status: number }) => [id, status])).toEqual([
    ['/groups', 429],
    ['/users', 200],
  ])
})

test.each<[string, FaultRule, number, number]>([
  ['repeats a page once', repeatedPage({ match }), 16, 3],
  ['loops for ever', nextLinkLoop({ match }), 60, 10],
  ['puts an empty page before the others', emptyPage({ match }), 10, 3],
  ['ends with nothing', emptyEnd({ match }), 0, 1],
])('%s', async (_what, fault, objects, pages) => {
  simulator.faults.add(fault)
  const seen = await read()
  expect([seen.ids.length, seen.pages]).toEqual([objects, pages])
})

test('leads to a foreign origin', async () => {
  simulator.faults.add(foreignNextLink('http://127.0.0.1:9', { match }))
  expect((await client.get(users)).body['@odata.nextLink']).toMatch(/^http:\/\/127\.0\.0\.1:9\/v1\.0\/users\?/)
})

test.each<[string, FaultRule['fault']]>([
  ['cut short', { kind: 'cutShort' }],
  ['a page of HTML', { kind: 'html' }],
  ['a connection that ends before', { kind: 'drop', when: 'before' }],
  ['a connection that ends within', { kind: 'drop', when: 'inBody' }],
])('an answer is %s, and the next one is whole', async (_what, fault) => {
  simulator.faults.add({ fault, match })
  await expect(client.get(users)).rejects.toThrow()
  expect((await client.get(users)).status).toBe(200)
})

test('a service error has the body of Graph, after as many good answers as told', async () => {
  simulator.faults.add({ fault: { kind: 'status', status: 503 }, match, after: 1 })
  expect((await client.get(users)).status).toBe(200)
  const failed = await client.get(users)
  expect([failed.status, failed.body.error.code]).toEqual([503, 'ServiceUnavailable'])
})
