import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ConnectionId, ExternalId, TargetId } from '../../identity/ids.ts'
import { isProblem } from '../../problem/problem.ts'
import type { ReadingPage, Source } from '../../sources/source.ts'
import { acceptTotals, readingState } from '../../state/desired/reading-state.ts'
import { seedConnection, seedTarget } from '../../state/testing/seeds.ts'
import { testDatabases } from '../../store/testing/databases.ts'
import { type Db, transaction } from '../../store/transaction.ts'
import { readConnection } from './read-connection.ts'
import { readingProblems } from './reading-problems.ts'
import { createReadingWriter, type ReadingWriter } from './reading-writer.ts'
import { reading, readings, scatteredReadings } from './testing/reading-arbitraries.ts'
import { type DesiredModel, emptyModel, foldReading, viewOf } from './testing/reading-model.ts'
import { markedPeople, plain, storedModel } from './testing/stored-model.ts'

const id = (text: string) => text as ExternalId
const person = (externalId: string, userName = externalId) => ({
  externalId: id(externalId),
  userName,
  email: undefined,
  displayName: undefined,
  active: true,
  attributes: {},
})
const group = (externalId: string, membersReadable = true) => ({
  externalId: id(externalId),
  displayName: externalId,
  membersReadable,
  attributes: {},
})
const members = (of: string, identities: string[], groups: string[] = [], removed: string[] = []) => ({
  kind: 'members' as const,
  group: id(of),
  identities: identities.map(id),
  groups: groups.map(id),
  removed: removed.map(id),
})
const people = (...identities: ReturnType<typeof person>[]) => ({ kind: 'identities' as const, identities })
const groups = (...list: ReturnType<typeof group>[]) => ({ kind: 'groups' as const, groups: list })
const whole = (form: 'snapshot' | 'delta', ...pages: ReadingPage[]): ReadingPage[] => [
  { kind: 'begin', form },
  ...pages,
  { kind: 'complete', cursor: `after ${form}` },
]

/** A source that delivers these pages, remembers the cursor it was given, and may fail after some of them. */
function fakeSource(pages: readonly ReadingPage[], failAfter = Number.POSITIVE_INFINITY) {
  const cursors: (string | undefined)[] = []
  const read: Source['read'] = async function* (cursor) {
    cursors.push(cursor)
    for (const [index, page] of pages.entries()) {
      if (index >= failAfter) throw new Error('the provider went away')
      yield page
    }
  }
  return { read, cursors }
}

/** A writer that fails from its nth call on, as a process that ended there would leave things. */
function failingWriter(write: ReadingWriter, calls: number): ReadingWriter {
  let left = calls
  const failing = Object.entries(write).map(([name, call]) => [
    name,
    async (...args: unknown[]) => {
      if (left-- <= 0) throw new Error('the process ended')
      return Reflect.apply(call, undefined, args)
    },
  ])
  return Object.fromEntries(failing)
}

describe.each(testDatabases)('readConnection on $name', ({ name, open }) => {
  let db: Db
  let close: () => Promise<void>
  let target: TargetId
  let next = 0
  const numRuns = name === 'sqlite' ? 150 : 25

  beforeAll(async () => {
    ;({ db, close } = await open())
    target = await seedTarget(db, 'jira')
  })
  afterAll(() => close())

  const newConnection = () => seedConnection(db, `connection ${next++}`, [target])
  const read = (
    connection: ConnectionId,
    source: Pick<Source, 'read'>,
    { write = createReadingWriter(db), at = 1000, cursorScope = 'scope', signal = new AbortController().signal } = {},
  ) => readConnection({ connection, source, cursorScope, at }, { db, write, signal, progress: () => {} })
  const clearMarks = () => db.deleteFrom('dirty').execute()
  const marked = (connection: ConnectionId) => markedPeople(db, connection, target)
  const whoChanged = (before: DesiredModel, after: DesiredModel) =>
    [...after.people.keys()].filter((one) => viewOf(before, one) !== viewOf(after, one))

  test('any sequence of readings leaves what their fold leaves, and marks everybody whom it concerns', async () => {
    await fc.assert(
      fc.asyncProperty(readings, async (sequence) => {
        const connection = await newConnection()
        const model = emptyModel()
        for (const pages of sequence) {
          await clearMarks()
          const before = await storedModel(db, connection)
          await read(connection, fakeSource(pages))
          foldReading(model, pages)
          const after = await storedModel(db, connection)
          expect(plain(after)).toEqual(plain(model))
          expect([...(await marked(connection))]).toEqual(expect.arrayContaining(whoChanged(before, after)))
        }
      }),
      { numRuns },
    )
  })

  test('the same reading again changes nothing and marks nobody', async () => {
    await fc.assert(
      fc.asyncProperty(readings, reading('snapshot'), async (sequence, last) => {
        const connection = await newConnection()
        for (const pages of [...sequence, last]) await read(connection, fakeSource(pages))
        await clearMarks()
        const summary = await read(connection, fakeSource(last))
        const nothing = { added: 0, changed: 0, gone: 0, back: 0 }
        expect(summary).toMatchObject({ identities: nothing, groups: nothing, nesting: { added: 0, removed: 0 } })
        expect(await db.selectFrom('dirty').selectAll().execute()).toEqual([])
      }),
      { numRuns: Math.ceil(numRuns / 3) },
    )
  })

  test('a reading that is interrupted anywhere changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(reading('snapshot'), reading('snapshot'), fc.nat(20), async (first, second, cut) => {
        const connection = await newConnection()
        await read(connection, fakeSource(first))
        await clearMarks()
        const before = plain(await storedModel(db, connection))
        const failing = read(connection, fakeSource(second, Math.min(cut, second.length - 1)))
        await expect(failing).rejects.toThrow('the provider went away')
        expect(plain(await storedModel(db, connection))).toEqual(before)
        expect(await db.selectFrom('dirty').selectAll().execute()).toEqual([])
        expect((await readingState(db, connection)).state).toBe('complete')
      }),
      { numRuns: Math.ceil(numRuns / 3) },
    )
  })

  test('after a crash while applying, the next snapshot leaves what it would have left, and nobody is forgotten', async () => {
    await fc.assert(
      fc.asyncProperty(readings, reading('snapshot'), fc.nat(12), async (sequence, last, calls) => {
        const connection = await newConnection()
        const [interrupted, ...rest] = [...sequence].reverse()
        for (const pages of rest.reverse()) await read(connection, fakeSource(pages))
        await clearMarks()
        const before = await storedModel(db, connection)
        const write = failingWriter(createReadingWriter(db), calls)
        await read(connection, fakeSource(interrupted ?? []), { write }).catch(() => {})
        const resumed = fakeSource(last)
        const { state } = await readingState(db, connection)
        await read(connection, resumed)
        if (state === 'applying') expect(resumed.cursors).toEqual([undefined])

        const model = await storedModel(db, connection)
        foldReading(model, last)
        const after = await storedModel(db, connection)
        expect(plain(after)).toEqual(plain(model))
        expect([...(await marked(connection))]).toEqual(expect.arrayContaining(whoChanged(before, after)))
      }),
      { numRuns },
    )
  })

  test.each([0, 1, 2, 3, 4, 5])(
    'people below a renamed, moved group are marked though the process ended at write %i',
    async (calls) => {
      const connection = await newConnection()
      const staff = (...more: ReadingPage[]) =>
        whole('snapshot', people(person('ada')), members('staff', ['ada']), groups(group('all')), ...more)
      await read(connection, fakeSource(staff(groups(group('staff')))))
      await clearMarks()
      const changed = staff(groups({ ...group('staff'), displayName: 'renamed' }), members('all', [], ['staff']))
      const write = failingWriter(createReadingWriter(db), calls)
      await read(connection, fakeSource(changed), { write }).catch(() => {})
      await read(connection, fakeSource(changed))
      expect(await marked(connection)).toEqual(new Set(['ada']))
    },
  )

  test('the cursor is used only in its scope, and moves only with a complete reading', async () => {
    const connection = await newConnection()
    const pages = whole('snapshot', people(person('ada')))
    const first = fakeSource(pages)
    await read(connection, first)
    const same = fakeSource(whole('delta'))
    await read(connection, same)
    const other = fakeSource(pages)
    await read(connection, other, { cursorScope: 'other attributes' })
    expect([first.cursors, same.cursors, other.cursors]).toEqual([[undefined], ['after snapshot'], [undefined]])
    expect(await readingState(db, connection)).toMatchObject({
      cursor: 'after snapshot',
      cursorScope: 'other attributes',
    })
  })

  test('absence begins with the first complete reading that shows it and ends with the return', async () => {
    const connection = await newConnection()
    const rows = () =>
      db
        .selectFrom('identity')
        .select(['external_id', 'deleted_at', 'missing_at'])
        .where('connection_id', '=', connection)
        .orderBy('id')
        .execute()
    await read(connection, fakeSource(whole('snapshot', people(person('ada'), person('bob')))), { at: 1 })
    const without = whole('snapshot', { kind: 'deletedIdentities', externalIds: [id('bob')] })
    const gone = await read(connection, fakeSource(without), { at: 2 })
    await read(connection, fakeSource(without), { at: 3 })
    expect(gone.identities).toEqual({ added: 0, changed: 0, gone: 2, back: 0 })
    expect(await rows()).toEqual([
      { external_id: 'ada', deleted_at: null, missing_at: 2 },
      { external_id: 'bob', deleted_at: 2, missing_at: null },
    ])
    const back = await read(connection, fakeSource(whole('delta', people(person('ada'), person('bob', 'robert')))))
    expect(back.identities).toEqual({ added: 0, changed: 0, gone: 0, back: 2 })
    expect((await rows()).flatMap((row) => [row.deleted_at, row.missing_at])).toEqual([null, null, null, null])
  })

  const existing = (identities: string[], of: string[]): ReadingPage => ({
    kind: 'existing',
    identities: identities.map(id),
    groups: of.map(id),
  })

  test('whom a delta leaves out of the list of all who exist is missing, with their groups', async () => {
    const connection = await newConnection()
    const first = [
      people(person('a'), person('b')),
      groups(group('g'), group('h')),
      members('g', ['a']),
      members('h', ['b']),
    ]
    await read(connection, fakeSource(whole('snapshot', ...first)))
    const summary = await read(connection, fakeSource(whole('delta', existing(['a'], ['g']))))
    expect(summary).toMatchObject({ form: 'delta', identities: { gone: 1 }, groups: { gone: 1 } })
    expect(summary.totals.after).toEqual({ identities: 1, groups: 1, memberships: 1 })
    expect(await readingState(db, connection)).toMatchObject({ cursor: 'after delta' })
  })

  test.each([
    ['a person', existing(['a', 'stranger'], ['g'])],
    ['a group', existing(['a'], ['g', 'stranger'])],
  ])('%s who exists and whom nobody described makes the next reading a snapshot', async (_, page) => {
    const connection = await newConnection()
    await read(connection, fakeSource(whole('snapshot', people(person('a')), groups(group('g')))))
    await read(connection, fakeSource(whole('delta', page)))
    expect((await readingState(db, connection)).cursor).toBeUndefined()
  })

  test('members that are replaced are those that follow, and no others', async () => {
    const connection = await newConnection()
    const first = [people(person('a'), person('b')), groups(group('g')), members('g', ['a', 'b'])]
    await read(connection, fakeSource(whole('snapshot', ...first)))
    const replaced = { kind: 'replacedMembers' as const, groups: [id('g')] }
    const summary = await read(connection, fakeSource(whole('delta', replaced, members('g', ['b']))))
    expect(summary.memberships).toMatchObject({ added: 0, removed: 1 })
  })

  test('a group whose members may not be read keeps its edges', async () => {
    const connection = await newConnection()
    const first = whole('snapshot', people(person('ada')), groups(group('staff')), members('staff', ['ada']))
    await read(connection, fakeSource(first))
    await read(connection, fakeSource(whole('snapshot', people(person('ada')), groups(group('staff', false)))))
    const { members: stored } = plain(await storedModel(db, connection))
    expect(stored).toEqual([['staff', ['ada']]])
  })

  test('members may be named before they are known: everything said in pieces is what is said at once', async () => {
    await fc.assert(
      fc.asyncProperty(scatteredReadings, async ({ pages, readings: pieces }) => {
        const [apart, atOnce] = [await newConnection(), await newConnection()]
        for (const [index, piece] of pieces.entries()) {
          const before = await storedModel(db, apart)
          await clearMarks()
          await read(apart, fakeSource(whole(index === 0 ? 'snapshot' : 'delta', ...piece)))
          const after = await storedModel(db, apart)
          expect([...(await marked(apart))]).toEqual(expect.arrayContaining(whoChanged(before, after)))
        }
        await read(atOnce, fakeSource(whole('snapshot', ...pages)))
        expect(plain(await storedModel(db, apart))).toEqual(plain(await storedModel(db, atOnce)))
      }),
      { numRuns },
    )
  })

  test('a member who is not known yet waits, is counted, and becomes one with the delta that brings the person', async () => {
    const connection = await newConnection()
    const pages = whole('snapshot', people(person('ada')), groups(group('staff')), members('staff', ['ada', 'eve']))
    const summary = await read(connection, fakeSource(pages))
    expect(summary.memberships).toEqual({ added: 1, removed: 0, unknownMembers: 1 })
    await clearMarks()
    await read(connection, fakeSource(whole('delta', people(person('eve')))))
    const stored = plain(await storedModel(db, connection))
    expect(stored).toMatchObject({ members: [['staff', ['ada', 'eve']]], waiting: { user: [] } })
    expect(await marked(connection)).toEqual(new Set(['eve']))
  })

  test('a member who left before anybody knew the person does not come back with the person', async () => {
    const connection = await newConnection()
    const pages = whole('snapshot', groups(group('staff')), members('staff', ['eve']))
    await read(connection, fakeSource(pages))
    await read(connection, fakeSource(whole('delta', members('staff', [], [], ['eve']))))
    await read(connection, fakeSource(whole('delta', people(person('eve')))))
    const { members: stored, waiting } = plain(await storedModel(db, connection))
    expect({ stored, waiting }).toEqual({ stored: [], waiting: { user: [], group: [] } })
  })

  test('a group that is deleted and restored is in the groups that it was in, and its people are marked', async () => {
    const connection = await newConnection()
    const pages = [
      people(person('ada')),
      groups(group('all'), group('staff')),
      members('staff', ['ada']),
      members('all', [], ['staff']),
    ]
    await read(connection, fakeSource(whole('snapshot', ...pages)))
    await read(connection, fakeSource(whole('delta', { kind: 'deletedGroups', externalIds: [id('staff')] })))
    expect(plain(await storedModel(db, connection))).toMatchObject({
      nesting: [],
      waiting: { group: [['all', ['staff']]] },
    })
    await clearMarks()
    await read(connection, fakeSource(whole('delta', groups(group('staff')), members('staff', ['ada']))))
    expect(plain(await storedModel(db, connection))).toMatchObject({
      nesting: [['all', ['staff']]],
      waiting: { group: [] },
    })
    expect(await marked(connection)).toEqual(new Set(['ada']))
  })

  test('the totals to compare with grow by themselves and shrink only when accepted', async () => {
    const connection = await newConnection()
    const staff = [groups(group('staff')), members('staff', ['ada', 'bob'])]
    const full = await read(connection, fakeSource(whole('snapshot', people(person('ada'), person('bob')), ...staff)))
    expect(full.totals).toEqual({ baseline: undefined, after: { identities: 2, groups: 1, memberships: 2 } })
    for (const attempt of [1, 2]) {
      const empty = await read(connection, fakeSource(whole('snapshot')), { at: attempt })
      expect(empty.totals).toEqual({ baseline: full.totals.after, after: { identities: 0, groups: 0, memberships: 0 } })
      if (attempt === 2) await transaction(db, (trx) => acceptTotals(trx, connection, empty.totals.after))
    }
    const accepted = await read(connection, fakeSource(whole('snapshot')))
    expect(accepted.totals.baseline).toEqual({ identities: 0, groups: 0, memberships: 0 })
  })

  test('which reading the totals to compare with are of is known', async () => {
    const connection = await newConnection()
    const baselineAt = async () => {
      const row = db.selectFrom('connection').select('baseline_at').where('id', '=', connection)
      return (await row.executeTakeFirstOrThrow()).baseline_at
    }
    const both = people(person('ada'), person('bob'))
    const source = (...pages: Parameters<typeof whole>[1][]) => fakeSource(whole('snapshot', ...pages))
    await read(connection, source(both), { at: 10 })
    expect(await baselineAt()).toBe(10)
    const fewer = await read(connection, source(people(person('ada'))), { at: 20 })
    expect(await baselineAt()).toBe(10)
    await transaction(db, (trx) => acceptTotals(trx, connection, fewer.totals.after))
    expect(await baselineAt()).toBe(20)
    await read(connection, source(both), { at: 30 })
    expect(await baselineAt()).toBe(30)
  })

  test('a source that ends without saying that it saw everything concludes nothing', async () => {
    const connection = await newConnection()
    const cutShort = whole('snapshot', people(person('ada'))).slice(0, -1)
    const error = await read(connection, fakeSource(cutShort)).catch((caught) => caught)
    expect(isProblem(error, readingProblems.reading_incomplete)).toBe(true)
    expect((await storedModel(db, connection)).people.size).toBe(0)
  })

  test('a page before the beginning or after the end is refused', async () => {
    const connection = await newConnection()
    for (const pages of [[people(person('ada'))], [...whole('snapshot'), people(person('ada'))]]) {
      const error = await read(connection, fakeSource(pages)).catch((caught) => caught)
      expect(isProblem(error, readingProblems.reading_out_of_order)).toBe(true)
    }
  })

  test('a cancelled reading changes nothing', async () => {
    const connection = await newConnection()
    const pages = whole('snapshot', people(person('ada')))
    await expect(read(connection, fakeSource(pages), { signal: AbortSignal.abort() })).rejects.toThrow(/abort/)
    expect((await storedModel(db, connection)).people.size).toBe(0)
  })
})
