import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AccountId, AccountKey, ConnectionId, IdentityId, TargetGroupId, TargetId } from '../../identity/ids.ts'
import { testDatabases } from '../../store/testing/databases.ts'
import { type Db, type Trx, transaction } from '../../store/transaction.ts'
import { seedConnection, seedTarget } from '../testing/seeds.ts'
import { storeAccount } from './accounts.ts'
import { claimAccount } from './claims.ts'
import { grantMemberships } from './memberships.ts'

describe.each(testDatabases)('claims on $name', ({ open }) => {
  let db: Db
  let close: () => Promise<void>
  let target: TargetId
  let entra: ConnectionId
  let okta: ConnectionId
  let shared: AccountId
  let other: AccountId
  const [ada, eve] = [1 as IdentityId, 2 as IdentityId]

  beforeEach(async () => {
    ;({ db, close } = await open())
    target = await seedTarget(db, 'jira')
    entra = await seedConnection(db, 'entra', [target])
    okta = await seedConnection(db, 'okta', [target])
    shared = await seedAccount('ada')
    other = await seedAccount('other')
  })
  afterEach(() => close())

  const write = <T>(action: (trx: Trx) => Promise<T>) => transaction(db, action)
  const seedAccount = (name: string) =>
    write((trx) =>
      storeAccount(trx, target, {
        key: name as AccountKey,
        name,
        email: undefined,
        displayName: name,
        active: true,
      }),
    )
  const claim = (account: AccountId, connection: ConnectionId, identity: IdentityId) =>
    write((trx) => claimAccount(trx, { account, target, connection, identity, how: 'adopted', at: 5 }))
  const grant = (account: AccountId, connection: ConnectionId, group: number) =>
    write((trx) => grantMemberships(trx, connection, [{ account, group: group as TargetGroupId, how: 'added' }], 5))
  const claims = () =>
    db.selectFrom('claim').select(['account_id', 'connection_id', 'identity_id']).orderBy('account_id').execute()
  const grants = async () => {
    const rows = await db.selectFrom('granted_membership').selectAll().orderBy('target_group_id').execute()
    return rows.map((row) => [row.account_id, row.target_group_id, row.connection_id])
  }
  const marks = () => db.selectFrom('dirty').select(['connection_id', 'subject_id']).execute()

  test('whoever takes over an account ends the former claim and what came with it, and its owner is looked at', async () => {
    await claim(shared, entra, ada)
    await claim(other, entra, 3 as IdentityId)
    await grant(shared, entra, 7)
    await grant(other, entra, 8)
    await claim(shared, okta, eve)
    expect(await claims()).toEqual([
      { account_id: shared, connection_id: okta, identity_id: eve },
      { account_id: other, connection_id: entra, identity_id: 3 },
    ])
    expect(await grants()).toEqual([[other, 8, entra]])
    expect(await marks()).toEqual([{ connection_id: entra, subject_id: ada }])
  })

  test('within a connection what was granted goes on: the new owner loses what is not wanted', async () => {
    await claim(shared, entra, ada)
    await grant(shared, entra, 7)
    await claim(shared, entra, eve)
    expect(await grants()).toEqual([[shared, 7, entra]])
    expect(await claims()).toEqual([{ account_id: shared, connection_id: entra, identity_id: eve }])
  })

  test('nobody claims two accounts of a target: the first is let go with what was granted to it', async () => {
    await claim(shared, entra, ada)
    await grant(shared, entra, 7)
    await claim(other, entra, ada)
    expect(await claims()).toEqual([{ account_id: other, connection_id: entra, identity_id: ada }])
    expect([await grants(), await marks()]).toEqual([[], []])
  })

  test('claiming an account that nobody has marks nobody', async () => {
    await claim(shared, entra, ada)
    await claim(shared, entra, ada)
    expect(await marks()).toEqual([])
    expect(await claims()).toHaveLength(1)
  })
})
