import fc from 'fast-check'
import type { ExternalId } from '../../../identity/ids.ts'
import type { ReadingPage } from '../../../sources/source.ts'

const personId = fc.constantFrom('p1', 'p2', 'p3', 'p4', 'p5', 'both') as fc.Arbitrary<ExternalId>
const groupId = fc.constantFrom('g1', 'g2', 'g3', 'g4', 'both') as fc.Arbitrary<ExternalId>
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

const few = <T>(one: fc.Arbitrary<T>) => fc.array(one, { maxLength: 4 })

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
    fc.record({
      kind: fc.constant('assignments' as const),
      application: fc.constantFrom('wiki', 'board'),
      assignments: few(assignment),
    }),
  )

/** A whole reading of the form: slices in any order, cut anywhere, some of them more than once. */
export const reading = (form: 'snapshot' | 'delta'): fc.Arbitrary<readonly ReadingPage[]> =>
  fc
    .array(page(form), { maxLength: 14 })
    .chain((pages) => fc.tuple(fc.constant(pages), fc.array(fc.nat(), { maxLength: 4 })))
    .map(([pages, again]) => [
      { kind: 'begin', form } as const,
      ...pages,
      ...again.flatMap((index) => pages[index % Math.max(1, pages.length)] ?? []),
      { kind: 'complete', cursor: 'next' } as const,
    ])

/** The first is a snapshot, as it always is; then either form may come. */
export const readings: fc.Arbitrary<readonly (readonly ReadingPage[])[]> = fc
  .tuple(reading('snapshot'), fc.array(fc.oneof(reading('snapshot'), reading('delta')), { maxLength: 4 }))
  .map(([first, rest]) => [first, ...rest])
