import { expect, test } from 'vitest'
import { failureOf } from '../conformance/failure-of.ts'
import { type PageQuery, readPages } from './read-pages.ts'

const all = async (read: (page: PageQuery) => Promise<readonly string[]>): Promise<string[]> => {
  const names: string[] = []
  for await (const page of readPages({ read, nameOf: (name) => name })) names.push(...page)
  return names
}

test('a server that gives its first page again and again is no listing without end', async () => {
  let requests = 0
  const failure = await failureOf(
    all(async () => {
      requests += 1
      if (requests > 1000) throw new Error('asked without end')
      return ['ada', 'bob', 'eve']
    }),
  )
  expect(failure).toMatchObject({ code: 'crowd_listing_repeats', reach: 'unavailable' })
})

test('a page of one is read to its end', async () => {
  expect(new Set(await all(async (page) => ['ada'].slice(page['start-index'])))).toEqual(new Set(['ada']))
})
