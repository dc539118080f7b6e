import { expect, test } from 'vitest'
import { failureOf } from '../conformance/failure-of.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import { createCloudGroups } from './cloud-groups.ts'
import { listAccounts } from './list-accounts.ts'

const signal = new AbortController().signal
const idOf = (index: number) => `id-${index}`
const group = (index: number) => ({ groupId: idOf(index), name: `group ${index}` })

/** A site as far as it lists; `body` gets where the page begins. */
function answering(body: (startAt: number) => unknown, status = 200): ProductClient {
  let requests = 0
  const get = async (_: string, { startAt }: Readonly<Record<string, unknown>>) => {
    requests += 1
    if (requests > 1000) throw new Error('asked without end')
    return { status, headers: {}, text: '', body: body(Number(startAt)) }
  }
  return { get } as unknown as ProductClient
}

const groups = Array.from({ length: 120 }, (_, index) => group(index))
const list = (client: ProductClient) => createCloudGroups(client).list(signal)

test('pages that come again do not make up the total', async () => {
  const client = answering((startAt) => ({ total: 100, values: groups.slice(0, startAt < 50 ? 50 : 50) }))
  expect(await failureOf(list(client))).toMatchObject({ code: 'jira_cloud_listing_moves', reach: 'unavailable' })
})

test('a listing that always ends before its total is not taken for whole', async () => {
  const client = answering((startAt) => ({ total: 120, values: groups.slice(startAt, 50) }))
  expect(await failureOf(list(client))).toMatchObject({ code: 'jira_cloud_listing_moves', reach: 'unavailable' })
})

test('a listing is whole with its total', async () => {
  const client = answering((startAt) => ({ total: 120, values: groups.slice(startAt, startAt + 50) }))
  expect(await list(client)).toHaveLength(120)
})

test('a site that has no groups to be listed is not one without groups', async () => {
  const client = answering(() => ({ errorMessages: ['Site temporarily unavailable'] }), 404)
  expect((await failureOf(list(client))).reach).toBe('unavailable')
})

test('users that come again and again are no listing without end', async () => {
  const users = [1, 2].map((index) => ({ accountId: idOf(index), accountType: 'atlassian', displayName: 'Ada' }))
  const read = async () => {
    for await (const _ of listAccounts(
      answering(() => users),
      signal,
    ));
  }
  expect(await failureOf(read())).toMatchObject({ code: 'jira_cloud_listing_repeats', reach: 'unavailable' })
})
