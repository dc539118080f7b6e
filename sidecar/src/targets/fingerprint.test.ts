import { afterEach, beforeEach, expect, test } from 'vitest'
import { storeDescription } from '../state/runs/target-identity.ts'
import { seedTarget } from '../state/testing/seeds.ts'
import type { Store } from '../store/open-database.ts'
import { openTestFile } from '../store/testing/databases.ts'
import { startBitbucket } from './bitbucket/testing/testing-bitbucket.ts'
import { startConfluence } from './confluence/testing/testing-confluence.ts'
import { startCrowd } from './crowd/testing/testing-crowd.ts'
import { startJira } from './jira/testing/testing-jira.ts'
import { startCloud } from './jira-cloud/testing/testing-cloud.ts'
import type { Target } from './target.ts'

const signal = new AbortController().signal
const closing: (() => Promise<void>)[] = []
let store: Store
beforeEach(async () => {
  store = await openTestFile()
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
  await store.close()
})

interface Opened {
  readonly target: Target
  close(): Promise<void>
}

const starts: Readonly<Record<string, () => Promise<Opened>>> = {
  Jira: () => startJira(),
  Confluence: () => startConfluence(),
  Bitbucket: () => startBitbucket(),
  Crowd: () => startCrowd(),
  'Jira Cloud': () => startCloud(),
}

async function describeOne(start: () => Promise<Opened>) {
  const { target, close } = await start()
  closing.push(close)
  return { again: () => target.describe(signal), first: await target.describe(signal) }
}

test.each(Object.entries(starts))(
  '%s is the same each time it is asked, and another instance is not',
  async (_, start) => {
    const connected = await describeOne(start)
    const other = await describeOne(start)
    const id = await seedTarget(store.db, 'target')
    const changed = async (description: typeof connected.first) =>
      (await storeDescription(store.db, id, description)).changed
    expect(await changed(connected.first)).toBe(false)
    expect(await changed(await connected.again())).toBe(false)
    expect(await changed(other.first)).toBe(true)
    expect(await changed(await connected.again())).toBe(false)
  },
)
