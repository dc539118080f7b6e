import { expect, test } from 'vitest'
import { admin, createCloud } from './create-cloud.ts'
import { loadCloud, saveCloud } from './saved-cloud.ts'
import { snapshotCloud } from './snapshot-cloud.ts'

test('a site outlives a restart through JSON', () => {
  const now = () => 5
  const cloud = createCloud({
    now,
    products: [{ key: 'jira-software', seats: 5 }],
    settings: { largestQuickListing: 100 },
    users: [
      { email: 'ada@example.com', groups: ['g'], emailVisible: false },
      { email: 'app@x.org', kind: 'app', active: false },
      { email: 'gone@example.com' },
    ],
    groups: [{ name: 'outside', scim: true }],
    projects: [{ key: 'ENG', lead: 'ada@example.com', components: [{ name: 'core', lead: 'ada@example.com' }] }],
  })
  const ada = cloud.change.account('ada@example.com')
  ada.properties.set('floor', '3')
  cloud.organization.deletions.set(cloud.change.account('gone@example.com'), 5)
  const again = loadCloud(JSON.parse(JSON.stringify(saveCloud(cloud))), now)
  expect(snapshotCloud(again)).toEqual(snapshotCloud(cloud))
  expect(saveCloud(again)).toEqual(saveCloud(cloud))
  expect(again.tokens.get(admin.token)?.account.email).toBe(admin.email)
  expect(again.change.addAccount({ email: 'n@x.y' }).accountId).toBe(
    cloud.change.addAccount({ email: 'n@x.y' }).accountId,
  )
})

test('two sites of one seed are equal, of two seeds are not', () => {
  const made = (seed: number) => snapshotCloud(createCloud({ seed, users: 200, groups: 10, memberships: 500 }))
  expect(made(7)).toEqual(made(7))
  expect(made(7)).not.toEqual(made(8))
})

test('10,000 users in 1,000 groups are made in about a second', () => {
  const before = performance.now()
  const { accounts, groups } = snapshotCloud(createCloud({ users: 10_000, groups: 1000 }))
  expect(performance.now() - before).toBeLessThan(3000)
  expect([accounts.length, groups.length]).toEqual([10_001, 1003])
})
