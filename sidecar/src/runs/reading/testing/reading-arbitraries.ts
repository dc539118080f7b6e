import fc from 'fast-check'
import type { ExternalId } from '../../../identity/ids.ts'
import type { ReadingPage } from '../../../sources/source.ts'

const personId = fc.constantFrom('p1', 'p2', 'p3', 'both') as fc.Arbitrary<ExternalId>
const groupId = fc.constantFrom('g1', 'g2', 'g3', 'both') as fc.Arbitrary<ExternalId>
const anyId = fc.oneof(personId, groupId, fc.constant('device' as ExternalId))

const identity = fc.record({
  externalId: personId,
  userName: fc.constantFrom('ada', 'Ädä', "o'neil"),
  email: fc.constantFrom(undefined, 'a@x', 'b@x'),
  displayName: fc.constantFrom(undefined, 'Ada', 'Bob'),
  active: fc.boolean(),
  attributes: fc.dictionary(fc.constantFrom('department', 'mail'), fc.constantFrom('a', 'b'), {
    noNullPrototype: true,
  }),
})
const group = fc.record({
  externalId: groupId,
  displayName: fc.constantFrom('Staff', 'STAFF', 'Team'),
  membersReadable: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  attributes: fc.constant({}),
})
const assignment = fc.oneof(
  fc.record({ principal: fc.constant('user' as const), externalId: personId }),
  fc.record({ principal: fc.constant('group' as const), externalId: groupId }),
)

const few = <T>(one: fc.Arbitrary<T>) => fc.array(one, { maxLength: 3 })

const members = fc.record({
  kind: fc.constant('members' as const),
  group: groupId,
  identities: few(anyId),
  groups: few(groupId),
  removed: fc.constant([]),
})

const replacedMembers = fc.record({
  kind: fc.constant('replacedMembers' as const),
  groups: fc.array(groupId, { maxLength: 2 }),
})
const existing = fc.record({
  kind: fc.constant('existing' as const),
  identities: fc.subarray(['p1', 'p2', 'p3', 'both'] as ExternalId[]),
  groups: fc.subarray(['g1', 'g2', 'g3', 'both'] as ExternalId[]),
})

const page = (form: 'snapshot' | 'delta'): fc.Arbitrary<ReadingPage> =>
  fc.oneof(
    fc.record({ kind: fc.constant('identities' as const), identities: few(identity) }),
    fc.record({ kind: fc.constant('deletedIdentities' as const), externalIds: few(personId) }),
    fc.record({ kind: fc.constant('groups' as const), groups: few(group) }),
    fc.record({ kind: fc.constant('deletedGroups' as const), externalIds: fc.array(groupId, { maxLength: 1 }) }),
    fc.record({
      kind: fc.constant('members' as const),
      group: groupId,
      identities: few(anyId),
      groups: few(groupId),
      removed: form === 'delta' ? few(anyId) : fc.constant([]),
    }),
    ...(form === 'delta' ? [replacedMembers, existing] : []),
    fc.record({
      kind: fc.constant('assignments' as const),
      application: fc.constantFrom('wiki', 'board'),
      assignments: few(assignment),
    }),
  )

/** Enough people and groups that most edges have two ends. */
const world: fc.Arbitrary<ReadingPage[]> = fc
  .tuple(fc.array(identity, { maxLength: 12 }), fc.array(group, { maxLength: 12 }), fc.array(members, { maxLength: 6 }))
  .map(([identities, groups, edges]) => [{ kind: 'identities', identities }, { kind: 'groups', groups }, ...edges])

/** A whole reading of the form: slices in any order, cut anywhere, some of them more than once. */
export const reading = (form: 'snapshot' | 'delta'): fc.Arbitrary<readonly ReadingPage[]> =>
  fc
    .tuple(form === 'snapshot' ? world : fc.constant([]), fc.array(page(form), { maxLength: 8 }))
    .map(([start, more]) => [...start, ...more])
    .chain((pages) =>
      fc.tuple(
        fc.shuffledSubarray(pages, { minLength: pages.length }),
        fc.subarray(pages, { maxLength: Math.min(3, pages.length) }),
      ),
    )
    .map(([pages, again]) => [
      { kind: 'begin', form } as const,
      ...pages,
      ...again,
      { kind: 'complete', cursor: 'next' } as const,
    ])

/** A reading of a directory in which little happened: the same snapshot with one slice more, less or other. */
const littleChanged = (before: readonly ReadingPage[]): fc.Arbitrary<readonly ReadingPage[]> =>
  fc
    .tuple(
      fc.integer({ min: 1, max: before.length - 1 }),
      fc.constantFrom(0, 1),
      fc.array(page('snapshot'), { maxLength: 1 }),
    )
    .map(([at, removed, added]) => before.toSpliced(at, Math.min(removed, before.length - 1 - at), ...added))

/** What happens in hours: a delta of a page or two. */
const smallDelta = fc
  .array(page('delta'), { maxLength: 2 })
  .map((pages): readonly ReadingPage[] => [
    { kind: 'begin', form: 'delta' },
    ...pages,
    { kind: 'complete', cursor: 'next' },
  ])

/** The first is a snapshot, as it always is; then either form may come, with much or little in it. */
export const readings: fc.Arbitrary<readonly (readonly ReadingPage[])[]> = reading('snapshot').chain((first) =>
  fc
    .array(fc.oneof(littleChanged(first), smallDelta, reading('snapshot'), reading('delta')), { maxLength: 4 })
    .map((rest) => [first, ...rest]),
)

/** A directory whose pages come in any order and over several readings, members before the people among them. */
export const scatteredReadings: fc.Arbitrary<{
  readonly pages: readonly ReadingPage[]
  readonly readings: readonly (readonly ReadingPage[])[]
}> = fc
  .tuple(
    fc.uniqueArray(identity, { selector: ({ externalId }) => externalId }),
    fc.uniqueArray(
      group.map((one) => ({ ...one, membersReadable: true })),
      { selector: ({ externalId }) => externalId },
    ),
    fc.array(members, { maxLength: 6 }),
  )
  .map(([people, groups, edges]): ReadingPage[] => [
    ...people.map((one): ReadingPage => ({ kind: 'identities', identities: [one] })),
    ...groups.map((one): ReadingPage => ({ kind: 'groups', groups: [one] })),
    ...edges.filter((edge) => groups.some(({ externalId }) => externalId === edge.group)),
  ])
  .chain((pages) =>
    fc.tuple(
      fc.shuffledSubarray(pages, { minLength: pages.length }),
      fc.array(fc.nat(pages.length), { minLength: 1, maxLength: 3 }),
    ),
  )
  .map(([shuffled, cuts]) => {
    const pages = groupsBeforeTheirMembers(shuffled)
    const ends = [...cuts.sort((a, b) => a - b), pages.length]
    return { pages, readings: ends.map((end, index) => pages.slice(ends[index - 1] ?? 0, end)) }
  })

/** A slice of a group that was never described says nothing; whom it names may be described at any time. */
const groupsBeforeTheirMembers = (pages: readonly ReadingPage[]): ReadingPage[] => {
  const described = new Map(
    pages.flatMap((page, index) => (page.kind === 'groups' ? page.groups.map((one) => [one.externalId, index]) : [])),
  )
  const placeOf = (page: ReadingPage, index: number) =>
    page.kind === 'members' ? Math.max(index, (described.get(page.group) ?? index) + 0.5) : index
  const placed = pages.map((page, index) => ({ page, place: placeOf(page, index) }))
  return placed.toSorted((a, b) => a.place - b.place).map(({ page }) => page)
}
