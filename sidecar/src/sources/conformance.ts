import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { IdentityRecord, SourceGroupRecord } from '../identity/identity.ts'
import type { ExternalId } from '../identity/ids.ts'
import { Problem } from '../problem/problem.ts'
import type { ReadingPage, Source } from './source.ts'

type Eventually<T> = T | Promise<T>

/** A simulated or real provider, and what an administrator does there. Each test gets a fresh one. */
export interface ProviderUnderTest {
  readonly source: Source
  /** A source of the same provider with a credential that is wrong. */
  readonly intruder: Source
  addPerson(displayName: string): Eventually<ExternalId>
  renamePerson(id: ExternalId, displayName: string): Eventually<void>
  setActive(id: ExternalId, active: boolean): Eventually<void>
  deletePerson(id: ExternalId): Eventually<void>
  addGroup(displayName: string): Eventually<ExternalId>
  deleteGroup(id: ExternalId): Eventually<void>
  addMember(group: ExternalId, member: ExternalId): Eventually<void>
  removeMember(group: ExternalId, member: ExternalId): Eventually<void>
  /** Every answer from now on is broken, whatever is tried again. */
  breakDown(): Eventually<void>
  /** The provider forgets every cursor that it gave out. */
  forgetCursors(): Eventually<void>
  close(): Promise<void>
}

const mostEntries = 5000
const never = new AbortController().signal

/** What every source must do, whatever its provider. */
export function describeSource(name: string, start: () => Promise<ProviderUnderTest>): void {
  describe(name, () => {
    let provider: ProviderUnderTest
    beforeEach(async () => {
      provider = await start()
    })
    afterEach(async () => {
      await provider.source.close()
      await provider.intruder.close()
      await provider.close()
    })

    const read = (cursor?: string) => readAll(provider.source, cursor)

    test('a reading begins with its form, ends with complete, and holds neither twice', async () => {
      const { pages } = await read()
      expect(pages[0]).toEqual({ kind: 'begin', form: 'snapshot' })
      expect(pages.at(-1)?.kind).toBe('complete')
      expect(pages.filter(({ kind }) => kind === 'begin' || kind === 'complete')).toHaveLength(2)
    })

    test('pages are small and records whole', async () => {
      const { pages, state } = await read()
      for (const page of pages) expect(sizeOf(page)).toBeLessThanOrEqual(mostEntries)
      for (const identity of state.identities.values()) {
        expect(identity.externalId).not.toBe('')
        expect(identity.userName).not.toBe('')
        expect(typeof identity.active).toBe('boolean')
        expect(Object.values(identity.attributes)).not.toContain(null)
      }
    })

    test('a snapshot takes nothing away', async () => {
      const { pages } = await read()
      expect(pages.flatMap((page) => (page.kind === 'members' ? page.removed : []))).toEqual([])
    })

    test('two snapshots of the same provider say the same', async () => {
      expect((await read()).state).toEqual((await read()).state)
    })

    test('a delta in which nothing happened changes nothing', async () => {
      const { state, cursor } = await read()
      const delta = await readAll(provider.source, cursor, state)
      expect(delta.form).toBe('delta')
      expect(delta.state).toEqual(state)
    })

    test('a delta applied to what was known equals a new snapshot, whatever happened', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(anyDeed, { maxLength: 12 }), async (deeds) => {
          const before = await read()
          // Somebody always stays, whom no deed can delete: a directory may refuse to be read as one of nobody.
          await provider.addPerson('Stays')
          for (const deed of deeds) await act(provider, before.state, deed)
          const delta = await readAll(provider.source, before.cursor, before.state)
          const after = await read()
          expect(delta.form).toBe('delta')
          expect(present(delta.state)).toEqual(present(after.state))
        }),
        { numRuns: 15 },
      )
    }, 120_000)

    test('people who were deleted are named, or missing from a list of all who exist', async () => {
      const id = await provider.addPerson('About to leave')
      const before = await read()
      expect(before.state.identities.has(id)).toBe(true)
      await provider.deletePerson(id)
      const delta = await readAll(provider.source, before.cursor, before.state)
      expect(delta.form).toBe('delta')
      expect(delta.state.identities.has(id)).toBe(false)
    })

    test('a cursor that the provider has forgotten, or that is no cursor, gives a snapshot', async () => {
      const { cursor, state } = await read()
      await provider.forgetCursors()
      for (const useless of [cursor, 'nonsense']) {
        const again = await readAll(provider.source, useless)
        expect(again.form).toBe('snapshot')
        expect(again.state).toEqual(state)
      }
    })

    test('a reading that breaks throws a Problem and is never complete', async () => {
      await provider.breakDown()
      const { failure, completed } = await tryReading(provider.source, never)
      expect(failure).toBeInstanceOf(Problem)
      expect(completed).toBe(false)
    })

    test('a reading that is stopped throws the reason and is never complete', async () => {
      const stop = new AbortController()
      const reason = new Error('stopped')
      const { failure, completed } = await tryReading(provider.source, stop.signal, () => stop.abort(reason))
      expect(failure).toBe(reason)
      expect(completed).toBe(false)
    })

    test('a lookup by name or id says what a reading says, with direct groups only', async () => {
      const person = await provider.addPerson('Looked Up')
      const [inner, outer] = [await provider.addGroup('Inner'), await provider.addGroup('Outer')]
      await provider.addMember(inner, person)
      await provider.addMember(outer, inner)
      const known = (await read()).state.identities.get(person)
      for (const who of [person, known?.userName ?? '']) {
        const found = await provider.source.lookup(who, never)
        expect(found?.identity).toEqual(known)
        expect(found?.directGroups).toEqual([inner])
      }
    })

    test('a lookup of nobody finds nobody', async () => {
      for (const who of ['nobody@nowhere.example', '00000000-0000-4000-8000-000000000000', '', 'delta', '../groups']) {
        expect(await provider.source.lookup(who, never), who).toBeUndefined()
      }
    })

    test('a check of a good connection finds every step in order', async () => {
      const steps = await provider.source.check(never)
      expect(steps.filter(({ ok }) => !ok)).toEqual([])
      expect(steps.length).toBeGreaterThan(2)
    })

    test('a check with a wrong credential says what to do and goes no further', async () => {
      const steps = await provider.intruder.check(never)
      expect(steps).toHaveLength(1)
      expect(steps[0]).toMatchObject({ ok: false, problem: { code: expect.any(String), remedy: expect.any(String) } })
    })
  })
}

/** Everything a consumer knows after a reading. */
export interface FoldedState {
  readonly identities: ReadonlyMap<ExternalId, IdentityRecord>
  readonly groups: ReadonlyMap<ExternalId, SourceGroupRecord>
  /** `group > member` */
  readonly edges: ReadonlySet<string>
}

const nothing: FoldedState = { identities: new Map(), groups: new Map(), edges: new Set() }

/** Reads to the end and folds the pages as the contract says, upon `known` when the form is delta. */
export async function readAll(source: Source, cursor: string | undefined, known = nothing) {
  const pages: ReadingPage[] = []
  for await (const page of source.read(cursor, never)) pages.push(page)
  const [first] = pages
  const last = pages.at(-1)
  const form = first?.kind === 'begin' ? first.form : undefined
  const state = foldReading(form === 'delta' ? known : nothing, pages)
  return { pages, form, state, cursor: last?.kind === 'complete' ? last.cursor : undefined }
}

export function foldReading(known: FoldedState, pages: readonly ReadingPage[]): FoldedState {
  const identities = new Map(known.identities)
  const groups = new Map(known.groups)
  const edges = new Set(known.edges)
  const existing = new Set<ExternalId>()
  for (const page of pages) {
    if (page.kind === 'identities') for (const each of page.identities) identities.set(each.externalId, each)
    if (page.kind === 'groups') for (const each of page.groups) groups.set(each.externalId, each)
    if (page.kind === 'deletedIdentities') for (const id of page.externalIds) identities.delete(id)
    if (page.kind === 'deletedGroups') for (const id of page.externalIds) groups.delete(id)
    if (page.kind === 'existing') for (const id of [...page.identities, ...page.groups]) existing.add(id)
    if (page.kind === 'replacedMembers') {
      for (const edge of edges) if (page.groups.some((group) => edge.startsWith(`${group} > `))) edges.delete(edge)
    }
    if (page.kind !== 'members') continue
    for (const member of [...page.identities, ...page.groups]) edges.add(`${page.group} > ${member}`)
    for (const member of page.removed) edges.delete(`${page.group} > ${member}`)
  }
  if (existing.size > 0) {
    for (const id of identities.keys()) if (!existing.has(id)) identities.delete(id)
    for (const id of groups.keys()) if (!existing.has(id)) groups.delete(id)
  }
  return { identities, groups, edges }
}

/** Edges count only between what exists: providers differ in when they report those of deleted objects. */
function present({ identities, groups, edges }: FoldedState): FoldedState {
  const exists = (id: string) => identities.has(id as ExternalId) || groups.has(id as ExternalId)
  return { identities, groups, edges: new Set([...edges].filter((edge) => edge.split(' > ').every(exists)).sort()) }
}

function sizeOf(page: ReadingPage): number {
  if (page.kind === 'identities') return page.identities.length
  if (page.kind === 'groups') return page.groups.length
  if (page.kind === 'members') return page.identities.length + page.groups.length + page.removed.length
  if (page.kind === 'existing') return page.identities.length + page.groups.length
  if (page.kind === 'replacedMembers') return page.groups.length
  return page.kind === 'deletedIdentities' || page.kind === 'deletedGroups' ? page.externalIds.length : 0
}

async function tryReading(source: Source, signal: AbortSignal, afterFirst: () => void = () => {}) {
  let completed = false
  let pages = 0
  try {
    for await (const page of source.read(undefined, signal)) {
      if (page.kind === 'complete') completed = true
      pages += 1
      if (pages === 1) afterFirst()
    }
  } catch (failure) {
    return { failure, completed }
  }
  return { failure: undefined, completed }
}

/** One thing that happens at the provider; numbers choose among what exists. */
const anyDeed = fc.record({
  kind: fc.constantFrom('join', 'rename', 'disable', 'enable', 'delete', 'found', 'dissolve', 'enter', 'nest', 'exit'),
  one: fc.nat(),
  other: fc.nat(),
})

async function act(
  provider: ProviderUnderTest,
  { identities, groups, edges }: FoldedState,
  deed: { kind: string; one: number; other: number },
): Promise<void> {
  const pick = <T>(all: readonly T[], number: number): T | undefined => all[number % Math.max(all.length, 1)]
  const person = pick([...identities.keys()], deed.one)
  const group = pick([...groups.keys()], deed.other)
  const edge = pick([...edges], deed.one)?.split(' > ') as [ExternalId, ExternalId] | undefined
  if (deed.kind === 'join') await provider.addPerson(`Joined ${deed.one}`)
  if (deed.kind === 'found') await provider.addGroup(`Founded ${deed.one}`)
  if (deed.kind === 'exit' && edge) await quietly(() => provider.removeMember(...edge))
  if (person) await actOnPerson(provider, deed.kind, person, group, deed.one)
  if (!group) return
  if (deed.kind === 'dissolve') await quietly(() => provider.deleteGroup(group))
  const other = pick([...groups.keys()], deed.one)
  if (deed.kind === 'nest' && other && other !== group) await quietly(() => provider.addMember(group, other))
}

async function actOnPerson(
  provider: ProviderUnderTest,
  kind: string,
  person: ExternalId,
  group: ExternalId | undefined,
  number: number,
): Promise<void> {
  if (kind === 'rename') await quietly(() => provider.renamePerson(person, `Renamed ${number}`))
  if (kind === 'disable' || kind === 'enable') await quietly(() => provider.setActive(person, kind === 'enable'))
  if (kind === 'delete') await quietly(() => provider.deletePerson(person))
  if (kind === 'enter' && group) await quietly(() => provider.addMember(group, person))
}

/** Some deeds are impossible after others, such as renaming somebody who was deleted: then nothing happens. */
async function quietly(deed: () => Eventually<unknown>): Promise<void> {
  try {
    await deed()
  } catch {
    // The provider refused.
  }
}
