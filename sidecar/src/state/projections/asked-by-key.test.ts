import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AccountKey, ConnectionId, ExternalId, IdentityId, NameKey, TargetId } from '../../identity/ids.ts'
import { openReadOnly, type Store } from '../../store/open-database.ts'
import { openTestFile } from '../../store/testing/databases.ts'
import { type Trx, transaction } from '../../store/transaction.ts'
import { knownIdentities } from '../desired/identity-store.ts'
import { markAccounts } from '../marks/mark-subjects.ts'
import { knownAccounts } from '../observed/observed-accounts.ts'
import { loadCandidates } from './load-candidates.ts'
import { loadClaims } from './load-claims.ts'
import { loadIdentities, loadWanted } from './load-identities.ts'
import { loadRivals } from './load-rivals.ts'

const connection = 1 as ConnectionId
const target = 1 as TargetId
const leg = { connection, target }
const ids = [1, 2, 3] as IdentityId[]
const keys = ['ada', 'bob'] as NameKey[]

describe('set queries', () => {
  let store: Store
  beforeEach(async () => {
    store = await openTestFile()
  })
  afterEach(() => store.close())

  /** How SQLite goes about everything that `action` asks it. */
  async function plansOf(on: Store, action: (on: Store) => Promise<unknown>): Promise<string[]> {
    const details: string[] = []
    const prepare = on.raw.prepare.bind(on.raw)
    on.raw.prepare = ((text: string) => {
      const values = (text.match(/\?/g) ?? []).map(() => 1)
      const plan = prepare<unknown[], { detail: string }>(`explain query plan ${text}`)
      details.push(...plan.all(...values).map(({ detail }) => detail))
      return prepare(text)
    }) as typeof on.raw.prepare
    await action(on)
    return details
  }

  /** By all there is of a connection or target, or by every row. */
  const wholesale =
    /^(SCAN|SEARCH) (identity|claim|wanted|wanted_account|account|member|observed|granted)\b(?!.*\b(identity_id|account_id|rowid|external_id|account_key|name_key|email_key)=\?)/

  test.each([
    ['loadIdentities', (on: Store) => loadIdentities(on.db, leg, ids)],
    ['loadWanted', (on: Store) => loadWanted(on.db, leg, ids)],
    ['loadClaims', (on: Store) => loadClaims(on.db, leg, ids, new Map())],
    ['loadRivals by name', (on: Store) => loadRivals(on.db, target, { by: 'name_key', keys })],
    ['loadRivals by e-mail', (on: Store) => loadRivals(on.db, target, { by: 'email_key', keys })],
    [
      'loadCandidates',
      (on: Store) => loadCandidates(on.db, target, { by: 'email_key', keys }, () => false, leg.connection),
    ],
    ['knownIdentities', (on: Store) => knownIdentities(on.db, connection, ['a', 'b'] as ExternalId[])],
    ['knownAccounts', (on: Store) => knownAccounts(on.db, target, ['a', 'b'] as AccountKey[])],
  ])('%s goes to the people asked for, whom a new store has none of, never through all of them', async (_, ask) => {
    const reader = openReadOnly(store.path)
    const plans = await plansOf(reader, ask)
    await reader.close()
    expect(plans.some((detail) => detail.startsWith('SEARCH'))).toBe(true)
    expect(plans.filter((detail) => wholesale.test(detail))).toEqual([])
  })

  test('so does what marks the people of accounts that changed', async () => {
    const mark = (trx: Trx) => markAccounts(trx, target, [1, 2] as never, { reason: 'observedChanged', at: 1 })
    const plans = await plansOf(store, ({ db }) => transaction(db, mark))
    expect(plans.filter((detail) => wholesale.test(detail))).toEqual([])
  })
})
