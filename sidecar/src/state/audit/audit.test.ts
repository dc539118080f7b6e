import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { testDatabases } from '../../store/testing/databases.ts'
import { type Db, transaction } from '../../store/transaction.ts'
import { auditKey } from './audit-chain.ts'
import type { AuditEvent } from './audit-entry.ts'
import { createAuditTrail } from './audit-trail.ts'
import { auditRetentionMs, eraseAuditContent, pruneAudit } from './erase-audit.ts'
import { findAudit } from './find-audit.ts'
import { createTestTrail, testKey } from './testing/test-trail.ts'
import { verifyAudit } from './verify-audit.ts'

const dayMs = 86_400_000
const start = 20_000 * dayMs
const never = new AbortController().signal

const event = (subject: string): AuditEvent => ({
  action: 'plan.apply',
  actor: { name: 'Ada', from: '127.0.0.1' },
  subject,
  before: { active: true },
  after: { active: false },
})

describe.each(testDatabases)('the record on $name', ({ open }) => {
  let db: Db
  let close: () => Promise<void>
  beforeEach(async () => {
    ;({ db, close } = await open())
  })
  afterEach(() => close())

  const record = (subjects: readonly string[], at: number, trail = createTestTrail()) =>
    transaction(db, (trx) => trail.record(trx, subjects.map(event), at))
  const kinds = async (heads: readonly string[] = []) =>
    (await verifyAudit(db, testKey, heads)).faults.map(({ kind, entry }) => `${kind} ${entry}`)

  test('says who did what when, in order, and proves itself', async () => {
    await record(['one', 'two'], start)
    await record(['three'], start + 1)
    const entries = await findAudit(db, { after: 0, limit: 10 })
    expect(entries.map(({ id, at, subject }) => [id, at, subject])).toEqual([
      [1, start, 'one'],
      [2, start, 'two'],
      [3, start + 1, 'three'],
    ])
    expect(entries[0]).toEqual({ ...event('one'), id: 1, at: start })
    expect(await verifyAudit(db, testKey)).toMatchObject({ entries: 3, erased: 0, segments: 1, faults: [] })
  })

  test('is found by action, by its kind and by time', async () => {
    await record(['one'], start)
    await transaction(db, (trx) =>
      createTestTrail().record(trx, [{ ...event('x'), action: 'session.open' }], start + 10),
    )
    const found = async (query: object) => (await findAudit(db, { after: 0, limit: 9, ...query })).map(({ id }) => id)
    expect(await found({ action: 'plan' })).toEqual([1])
    expect(await found({ action: 'plan.apply' })).toEqual([1])
    expect(await found({ action: 'pla' })).toEqual([])
    expect(await found({ since: start + 1 })).toEqual([2])
    expect(await found({ until: start + 1 })).toEqual([1])
  })

  test('a day that is over is sealed, and its end is told', async () => {
    const told: string[] = []
    const trail = createTestTrail(({ day, head }) => told.push(`${day} ${head}`))
    await record(['one'], start, trail)
    await record(['two'], start + dayMs, trail)
    const { head } = await db.selectFrom('audit_segment').select('head').where('id', '=', 1).executeTakeFirstOrThrow()
    expect(told).toEqual([`2024-10-04 ${head}`])
    expect(await kinds([head ?? ''])).toEqual([])
  })

  test('whatever is changed, left out or cut off is found', async () => {
    await record(['a', 'b', 'c'], start)
    await record(['d', 'e'], start + dayMs)
    await record(['f'], start + 2 * dayMs)
    const rows = () => db.selectFrom('audit_entry').selectAll().orderBy('id').execute()
    const all = await rows()
    const restore = async () => {
      await db.deleteFrom('audit_entry').execute()
      await db.insertInto('audit_entry').values(all).execute()
    }
    const change = (id: number, values: object) =>
      db.updateTable('audit_entry').set(values).where('id', '=', id).execute()

    await change(2, { content: '{"actor":{"name":"Eve"}}' })
    expect(await kinds()).toEqual(['contentChanged 2'])
    await restore()
    await change(2, { at: start + 5 })
    expect(await kinds()).toEqual(['entryChanged 2'])
    await restore()
    await change(5, { action: 'session.open' })
    expect(await kinds()).toEqual(['entryChanged 5'])
    await restore()
    await db.deleteFrom('audit_entry').where('id', '=', 2).execute()
    expect(await kinds()).toEqual(['entryMissing 3'])
    await restore()
    await db.deleteFrom('audit_entry').where('id', '=', 3).execute()
    expect(await kinds()).toContain('entryMissing 3')
    await restore()
    expect(await kinds()).toEqual([])
  })

  test('entries cut off at the end are missed by whoever kept where the record was', async () => {
    await record(['a', 'b'], start)
    const { head } = await verifyAudit(db, testKey)
    await db.deleteFrom('audit_entry').where('id', '=', 2).execute()
    expect(await kinds()).toEqual([])
    expect(await kinds([head])).toEqual(['headUnknown 1'])
  })

  test('a forged entry does not prove itself, whatever digest it has', async () => {
    await record(['a'], start)
    const forger = createAuditTrail({ key: auditKey(Buffer.alloc(32, 8)), sealed() {} })
    await record(['b'], start, forger)
    await db.updateTable('audit_segment').set({ key_id: testKey.id }).execute()
    await db.updateTable('audit_entry').set({ segment_id: 1 }).where('id', '=', 2).execute()
    await db.deleteFrom('audit_segment').where('id', '=', 2).execute()
    await db.updateTable('audit_segment').set({ seal: null, head: null, last_entry: null }).execute()
    expect(await kinds()).toEqual(['entryChanged 2'])
  })

  test('what was written under another key is told as that, and the rest is still proven', async () => {
    await record(['a'], start, createAuditTrail({ key: auditKey(Buffer.alloc(32, 8)), sealed() {} }))
    await record(['b'], start + 1)
    expect(await kinds()).toEqual(['keyUnknown 1'])
  })

  test('an erased entry no longer says anything, and everything still proves itself', async () => {
    await record(['a', 'b'], start)
    await transaction(db, (trx) => eraseAuditContent(trx, [1], start + 9))
    expect(await findAudit(db, { after: 0, limit: 1 })).toEqual([
      { id: 1, at: start, action: 'plan.apply', erasedAt: start + 9 },
    ])
    expect(await verifyAudit(db, testKey)).toMatchObject({ entries: 2, erased: 1, faults: [] })
  })

  test('old days are dropped whole, and the rest still proves itself and goes on', async () => {
    await record(['a', 'b'], start)
    await record(['c'], start + dayMs)
    await record(['d'], start + 2 * dayMs)
    const now = start + 2 * dayMs + auditRetentionMs
    expect(await pruneAudit(db, now, never)).toBe(3)
    expect(await verifyAudit(db, testKey)).toMatchObject({ entries: 1, segments: 1, faults: [] })
    await record(['e'], now)
    expect((await findAudit(db, { after: 0, limit: 9 })).map(({ id }) => id)).toEqual([4, 5])
    expect(await kinds()).toEqual([])
  })

  test('any change to any entry is found', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ gap: fc.integer({ min: 0, max: 2 * dayMs }), subject: fc.string() }), {
          minLength: 1,
          maxLength: 12,
        }),
        fc.nat(),
        fc.constantFrom('at', 'action', 'digest', 'mac', 'content'),
        async (said, which, column) => {
          await db.deleteFrom('audit_entry').execute()
          await db.deleteFrom('audit_segment').execute()
          let at = start
          for (const { gap, subject } of said) {
            at += gap
            await record([subject], at)
          }
          expect(await kinds()).toEqual([])
          const ids = await db.selectFrom('audit_entry').select('id').orderBy('id').execute()
          const { id } = ids[which % ids.length] ?? { id: 0 }
          const value = column === 'at' ? at + 1 : `changed-${which}`
          await db
            .updateTable('audit_entry')
            .set({ [column]: value })
            .where('id', '=', id)
            .execute()
          // The last link of an open day has nothing behind it that would miss it.
          if (column === 'mac' && id === ids.at(-1)?.id) expect(await kinds()).toContain(`entryChanged ${id}`)
          else expect(await kinds()).not.toEqual([])
        },
      ),
      { numRuns: 40 },
    )
  })
})
