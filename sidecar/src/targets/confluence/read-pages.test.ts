import { expect, test } from 'vitest'
import { failureOf } from '../conformance/failure-of.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import { listAccounts } from './list-accounts.ts'
import { listGroups } from './list-groups.ts'
import { readPages } from './read-pages.ts'

const signal = new AbortController().signal

type Answer = { readonly status: number; readonly body: unknown }

/** Confluence as far as it lists. */
function answering(answer: (start: number, path: string) => Answer): ProductClient {
  let requests = 0
  const get = async (path: string, { start }: Readonly<Record<string, unknown>>) => {
    requests += 1
    if (requests > 1000) throw new Error('asked without end')
    return { headers: {}, text: '', ...answer(Number(start), path) }
  }
  return { get } as unknown as ProductClient
}

async function all(client: ProductClient): Promise<string[]> {
  const reading = { path: '/api/group', doing: 'listing', identify: (name: string) => name, parse: String }
  const names: string[] = []
  for await (const page of readPages(client, reading, signal)) names.push(...page)
  return names
}

const page = (results: readonly unknown[], more: boolean): Answer => ({
  status: 200,
  body: { results, _links: more ? { next: '/somewhere' } : {} },
})

test.each([[['a', 'b', 'c']], [['a']]])('%j again and again is no listing without end', async (results) => {
  const failure = await failureOf(all(answering(() => page(results, true))))
  expect(failure).toMatchObject({ code: 'confluence_listing_repeats', reach: 'unavailable' })
})

test('a listing that never holds still is not taken for whole', async () => {
  let moved = 0
  const shifting = answering((start) => {
    moved += 1
    return page([`${start} ${moved}`, `${start + 1} ${moved}`], start < 500)
  })
  expect(await failureOf(all(shifting))).toMatchObject({ code: 'confluence_listing_repeats', reach: 'unavailable' })
})

test('pages of one each are read to their end', async () => {
  expect(await all(answering((start) => page(['a', 'b', 'c'].slice(start, start + 1), start < 2)))).toEqual([
    'a',
    'b',
    'c',
  ])
})

test('pages that end with what is left of deleted accounts are not one page', async () => {
  const names = ['a', '', 'b', '', 'c']
  expect(new Set(await all(answering((start) => page(names.slice(start, start + 2), start + 2 < 5))))).toEqual(
    new Set(names),
  )
})

test('a listing of all users or groups that is said not to exist is not taken for an empty one', async () => {
  const missing = { status: 404, body: { statusCode: 404, message: 'Not found.' } }
  const client = answering((_, path) => (path === '/api/admin/users/list/active' ? { status: 404, body: {} } : missing))
  expect((await failureOf(listGroups(client, signal))).reach).toBe('unavailable')
  const users = async () => {
    for await (const _ of listAccounts(client, signal));
  }
  expect((await failureOf(users())).reach).toBe('unavailable')
})
