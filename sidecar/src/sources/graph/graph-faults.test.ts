import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  emptyEnd,
  emptyPage,
  foreignNextLink,
  nextLinkLoop,
  repeatedPage,
  throttled,
} from '@rollcall/simulators/entra/entra-faults'
import type { FaultRule } from '@rollcall/simulators/faults'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { Problem } from '../../problem/problem.ts'
import { readAll } from '../conformance.ts'
import type { ReadingPage, Source } from '../source.ts'
import { usualPatience } from './patience.ts'
import { usualLimits } from './reading-limits.ts'
import { type SimulatedTenant, startSimulatedTenant } from './testing/simulated-tenant.ts'

const never = new AbortController().signal
const always = Number.POSITIVE_INFINITY
const secondUsersPage = { match: /users\/delta/, after: 1 }
const secondGroupsPage = { match: /groups\/delta/, after: 1 }
let world: SimulatedTenant
let whole: Awaited<ReturnType<typeof readAll>>['state']

beforeAll(async () => {
  world = await startSimulatedTenant({}, { replays: false })
  whole = (await readAll(world.open(), undefined)).state
})
afterAll(() => world.close())
beforeEach(() => {
  world.simulator.faults.clear()
  world.pace.waits.length = 0
})

/** Reads until the end or a Problem; returns both. */
async function attempt(
  source: Source,
  cursor?: string,
): Promise<{ pages: ReadingPage[]; problem: Problem | undefined }> {
  const pages: ReadingPage[] = []
  try {
    for await (const page of source.read(cursor, never)) pages.push(page)
    return { pages, problem: undefined }
  } catch (problem) {
    if (problem instanceof Problem) return { pages, problem }
    throw problem
  }
}

const isComplete = ({ pages }: { pages: ReadingPage[] }): boolean => pages.some(({ kind }) => kind === 'complete')

const lasting: [string, FaultRule, string][] = [
  ['fails', { fault: { kind: 'status', status: 500 }, times: always }, 'graph_unavailable'],
  ['is cut short', { fault: { kind: 'cutShort' }, times: always }, 'outgoing_answer_cut_short'],
  ['is a web page', { fault: { kind: 'html' }, times: always }, 'outgoing_html_instead_of_json'],
  ['is dropped', { fault: { kind: 'drop', when: 'before' }, times: always }, 'outgoing_connection_lost'],
  ['is dropped halfway', { fault: { kind: 'drop', when: 'inBody' }, times: always }, 'outgoing_connection_lost'],
  ['is throttled', throttled({ times: always }), 'graph_throttled'],
  ['leads to itself', nextLinkLoop(), 'graph_pages_loop'],
  ['repeats', repeatedPage(), 'graph_pages_loop'],
  ['is the end without a delta link', emptyEnd(), 'graph_page_malformed'],
  ['has no list', { fault: { kind: 'rewrite', rewrite: () => '{}' } }, 'graph_page_malformed'],
  [
    'has an entry without an id',
    { fault: { kind: 'rewrite', rewrite: () => '{"value":[{}]}' } },
    'graph_page_malformed',
  ],
]

test.each(lasting)('a page that %s ends the reading, whatever it is a page of', async (_, rule, code) => {
  for (const scope of [secondUsersPage, secondGroupsPage]) {
    world.simulator.faults.clear()
    world.simulator.faults.add({ ...rule, ...scope })
    const result = await attempt(world.open())
    expect(result.problem?.code).toBe(code)
    expect(isComplete(result)).toBe(false)
  }
})

test.each(lasting)('a page that %s concludes nothing in a delta either', async (_, rule, code) => {
  const source = world.open()
  const { cursor } = await readAll(source, undefined)
  const [group] = world.simulator.tenant.groups()
  for (const { id } of world.simulator.tenant.users()) world.simulator.tenant.updateUser(id, { jobTitle: code })
  world.simulator.tenant.renameGroup(group?.id ?? '', code)
  world.simulator.faults.add({ ...rule, ...secondUsersPage })
  const result = await attempt(source, cursor)
  expect(result.problem?.code).toBe(code)
  expect(isComplete(result)).toBe(false)
  world.simulator.faults.clear()
  whole = (await readAll(world.open(), undefined)).state
})

test.each<[string, FaultRule]>([
  ['fails once', { fault: { kind: 'status', status: 503 } }],
  ['is cut short once', { fault: { kind: 'cutShort' } }],
  ['is dropped once', { fault: { kind: 'drop', when: 'before' } }],
  ['is dropped halfway once', { fault: { kind: 'drop', when: 'inBody' } }],
  ['is throttled nine times', throttled({ times: 9 })],
])('a page that %s is fetched again, and nothing is missing', async (_, rule) => {
  for (const scope of [secondUsersPage, secondGroupsPage]) {
    world.simulator.faults.add({ ...rule, ...scope })
    expect((await readAll(world.open(), undefined)).state).toEqual(whole)
  }
})

test('an empty page that leads on is no end', async () => {
  world.simulator.faults.add(emptyPage({ match: /users\/delta/ }), emptyPage({ match: /groups\/delta/ }))
  expect((await readAll(world.open(), undefined)).state).toEqual(whole)
})

test('a first page that comes twice adds nothing', async () => {
  world.simulator.faults.add(repeatedPage({ match: /users\/delta/ }), repeatedPage({ match: /groups\/delta/ }))
  expect((await readAll(world.open(), undefined)).state).toEqual(whole)
})

test('Retry-After is waited for; without it the waits grow', async () => {
  world.simulator.faults.add(throttled({ ...secondUsersPage, retryAfter: 17 }))
  await readAll(world.open(), undefined)
  expect(world.pace.waits).toEqual([17_000])

  world.pace.waits.length = 0
  world.simulator.faults.add(throttled({ ...secondUsersPage, times: 4 }))
  await readAll(world.open(), undefined)
  const { waits } = world.pace
  expect(waits).toHaveLength(4)
  for (const [index, full] of [1000, 2000, 4000, 8000].entries()) {
    expect(waits[index]).toBeGreaterThanOrEqual(full / 2)
    expect(waits[index]).toBeLessThanOrEqual(full)
  }
})

test('a Retry-After of hours ends the reading instead of holding it', async () => {
  world.simulator.faults.add(throttled({ ...secondUsersPage, retryAfter: 7200 }))
  const { problem } = await attempt(world.open())
  expect(problem?.code).toBe('graph_throttled')
  expect(world.pace.waits).toEqual([])
})

test('a storm of 429 ends the reading after a known number of requests', async () => {
  world.simulator.faults.add(throttled({ match: /delta/, times: always, retryAfter: 1 }))
  const before = world.simulator.countRequests(/users\/delta/)
  const { problem } = await attempt(world.open())
  expect(problem?.code).toBe('graph_throttled')
  expect(world.simulator.countRequests(/users\/delta/) - before).toBe(usualPatience.throttledAttempts)
})

test('a link to another host is refused and the token does not go there', async () => {
  const visits: unknown[] = []
  const thief = createServer((request, response) => {
    visits.push(request.headers)
    response.end('{"value":[]}')
  })
  await new Promise<void>((resolve) => thief.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(thief.address() as AddressInfo).port}`
  world.simulator.faults.add(foreignNextLink(origin, secondUsersPage))
  const { problem } = await attempt(world.open())
  expect(problem?.code).toBe('outgoing_foreign_origin')
  expect(visits).toEqual([])
  thief.close()
})

test.each([
  ['pages', { ...usualLimits, pages: 2 }, 'graph_reading_too_large'],
  ['characters', { ...usualLimits, characters: 4000 }, 'graph_reading_too_large'],
  ['time', { ...usualLimits, milliseconds: 5000 }, 'graph_reading_too_long'],
])('a reading beyond its limit of %s is ended', async (_, limits, code) => {
  world.simulator.faults.add(throttled({ ...secondUsersPage, retryAfter: 9 }))
  const { problem } = await attempt(world.open({}, { limits }))
  expect(problem?.code).toBe(code)
})

test('people without their values are a missing permission, never people without an e-mail', async () => {
  const nothing = (body: string) => body.replace(/"(userPrincipalName|displayName|mail)":"[^"]*"/g, '"$1":null')
  world.simulator.faults.add({ fault: { kind: 'rewrite', rewrite: nothing }, match: /users\/delta/, times: always })
  const { problem, pages } = await attempt(world.open())
  expect(problem?.code).toBe('graph_values_hidden')
  expect(problem?.remedy).toContain('User.Read.All')
  expect(pages.filter(({ kind }) => kind === 'identities')).toEqual([])
})

test('people whose state is hidden are not read as disabled', async () => {
  const hidden = (body: string) => body.replace(/"accountEnabled":(true|false)/g, '"accountEnabled":null')
  world.simulator.faults.add({ fault: { kind: 'rewrite', rewrite: hidden }, match: /users\/delta/, times: always })
  expect((await attempt(world.open())).problem?.code).toBe('graph_values_hidden')
})

test('no error quotes a person', async () => {
  const [user] = world.simulator.tenant.users()
  const name = String(user?.properties.userPrincipalName)
  for (const rule of lasting.map(([, each]) => each)) {
    world.simulator.faults.clear()
    world.simulator.faults.add({ ...rule, match: /users\/delta/ })
    const { problem } = await attempt(world.open())
    expect(JSON.stringify([problem?.message, problem?.context, String(problem?.cause)])).not.toContain(name)
  }
})
