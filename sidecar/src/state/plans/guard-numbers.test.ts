import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AccountKey, ConnectionId, IdentityId, TargetId } from '../../identity/ids.ts'
import { testDatabases } from '../../store/testing/databases.ts'
import { type Db, transaction } from '../../store/transaction.ts'
import { storeAccount } from '../claims/accounts.ts'
import { claimAccount } from '../claims/claims.ts'
import { storeGroup } from '../claims/group-bindings.ts'
import { grantMemberships } from '../claims/memberships.ts'
import { seedConnection, seedTarget } from '../testing/seeds.ts'
import { legSize } from './guard-numbers.ts'

describe.each(testDatabases)('what limits are shares of, on $name', ({ open }) => {
  let db: Db
  let close: () => Promise<void>
  let jira: TargetId
  let entra: ConnectionId

  beforeEach(async () => {
    ;({ db, close } = await open())
    jira = await seedTarget(db, 'jira')
    entra = await seedConnection(db, 'entra', [jira])
  })
  afterEach(() => close())

  /** A claimed account with so many granted memberships. */
  const grant = (connection: ConnectionId, target: TargetId, name: string, groups: number) =>
    transaction(db, async (trx) => {
      const seen = { key: name as AccountKey, name, email: undefined, displayName: name, active: true }
      const account = await storeAccount(trx, target, seen)
      const identity = (account + 100) as IdentityId
      await claimAccount(trx, { account, target, connection, identity, how: 'created', at: 1 })
      for (let index = 0; index < groups; index++) {
        const group = await storeGroup(trx, target, `group ${index}`)
        await grantMemberships(trx, connection, [{ account, group, how: 'added' }], 1)
      }
      return account
    })

  test('the only leg counts everything that was granted, and claimed accounts that are gone', async () => {
    await grant(entra, jira, 'ada', 3)
    const bob = await grant(entra, jira, 'bob', 2)
    await db.updateTable('account').set({ missing_at: 5 }).where('id', '=', bob).execute()
    expect(await legSize(db, { connection: entra, target: jira })).toEqual({ claimed: 2, granted: 5, missingClaims: 1 })
  })

  test('a leg beside others counts its own', async () => {
    const wiki = await seedTarget(db, 'wiki')
    const okta = await seedConnection(db, 'okta', [jira, wiki])
    await grant(entra, jira, 'ada', 3)
    await grant(okta, jira, 'bob', 2)
    await grant(okta, wiki, 'cyd', 1)
    const sizes = [
      await legSize(db, { connection: entra, target: jira }),
      await legSize(db, { connection: okta, target: jira }),
      await legSize(db, { connection: okta, target: wiki }),
    ]
    expect(sizes.map(({ claimed, granted }) => [claimed, granted])).toEqual([
      [1, 3],
      [1, 2],
      [1, 1],
    ])
  })
})
