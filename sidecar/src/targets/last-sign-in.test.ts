import { afterEach, expect, test } from 'vitest'
import { startBitbucket } from './bitbucket/testing/testing-bitbucket.ts'
import { startConfluence } from './confluence/testing/testing-confluence.ts'
import { collect } from './conformance/collect.ts'
import { instantOf } from './data-center/instant-of.ts'
import { startJira } from './jira/testing/testing-jira.ts'
import type { Target } from './target.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const at = Date.UTC(2026, 0, 31, 10, 30, 45)
const seeds = [{ name: 'ada', lastSignInAt: at }, { name: 'bob' }]

async function signIns({ target, close }: { target: Target; close(): Promise<void> }) {
  closing.push(close)
  const { accounts } = await collect(target)
  return ['ada', 'bob'].map((name) => accounts.find((account) => account.name === name)?.lastSignInAt)
}

test('Jira tells when somebody last signed in', async () => {
  expect(await signIns(await startJira({ users: seeds }))).toEqual([at, undefined])
})

test('Bitbucket tells when somebody last signed in', async () => {
  expect(await signIns(await startBitbucket({ users: seeds }))).toEqual([at, undefined])
})

test('Confluence tells it of people with a seat, from 10.2', async () => {
  const members = seeds.map((seed) => ({ ...seed, groups: ['confluence-users'] }))
  expect(await signIns(await startConfluence({ version: '10', users: members }))).toEqual([at, undefined])
})

test.each([
  ['2023-08-30T16:37:01+1000', 1693377421000],
  [1693377421000, 1693377421000],
  ['never', undefined],
  [0, undefined],
  [null, undefined],
])('%j is the moment %j', (value, moment) => {
  expect(instantOf(value)).toBe(moment)
})
