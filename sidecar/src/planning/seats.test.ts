import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { NameKey } from '../identity/ids.ts'
import { createSeatCount, type SeatLicence, type SeatStep, type SeatSubject, seatsInWords } from './seats.ts'

const users = 'jira-software-users' as NameKey
const other = 'staff' as NameKey
const licence = (remaining: number, groups: readonly NameKey[] | undefined = [users]): SeatLicence => ({
  application: 'jira-software',
  remaining,
  groups: groups && new Set(groups),
})
const subject = (active: boolean, groups: readonly NameKey[], ...steps: SeatStep[]): SeatSubject => ({
  active,
  groups: new Set(groups),
  steps,
})
const activate = (to: boolean, clear = true): SeatStep => ({ kind: 'active', to, clear })
const join = (group: NameKey, clear = true): SeatStep => ({ kind: 'joins', groups: [group], clear })
const leave = (group: NameKey, clear = true): SeatStep => ({ kind: 'leaves', groups: [group], clear })

function countOf(of: SeatLicence, subjects: readonly SeatSubject[]) {
  const count = createSeatCount([of])
  for (const one of subjects) count.add(one)
  const [use] = count.result()
  if (!use) throw new Error('there is one licence')
  return use
}

const newcomer = subject(false, [], activate(true), join(users))
const leaver = subject(true, [users], activate(false))

test.each<[string, SeatSubject, number, number]>([
  ['a new account that joins a group of the licence takes a seat', newcomer, 1, 0],
  ['a new account that joins no such group takes none', subject(false, [], activate(true), join(other)), 0, 0],
  ['a deactivation frees the seat', leaver, 0, 1],
  ['a deactivation of somebody without access frees nothing', subject(true, [other], activate(false)), 0, 0],
  ['losing the only group of the licence frees the seat', subject(true, [users], leave(users)), 0, 1],
  ['an inactive member takes a seat once active again', subject(false, [users], activate(true)), 1, 0],
  ['an inactive account that joins takes none', subject(false, [], join(users)), 0, 0],
  ['who leaves and joins again keeps the seat', subject(true, [users], leave(users), join(users)), 0, 0],
])('%s', (_, one, takes, frees) => {
  expect(countOf(licence(5), [one])).toMatchObject({ takes, frees, short: false, estimated: false })
})

test('a second group of the same licence costs no second seat', () => {
  const both = licence(5, [users, other])
  expect(countOf(both, [subject(true, [users], join(other))])).toMatchObject({ takes: 0, frees: 0 })
  expect(countOf(both, [subject(true, [users, other], leave(users))])).toMatchObject({ takes: 0, frees: 0 })
})

test('seats are short where a plan takes more than are left and freed', () => {
  expect(countOf(licence(1), [newcomer, newcomer])).toMatchObject({ takes: 2, short: true })
  expect(countOf(licence(1), [newcomer, newcomer, leaver])).toMatchObject({ takes: 2, frees: 1, short: false })
})

test('what frees seats does not help while it is held and what takes them is not', () => {
  const held = subject(true, [users], activate(false, false))
  expect(countOf(licence(0), [newcomer, held])).toMatchObject({ takes: 1, frees: 1, short: true })
})

test('a plan that takes nothing is never short', () => {
  expect(countOf(licence(0), [leaver])).toMatchObject({ takes: 0, frees: 1, short: false })
})

test('where the product does not name the groups active accounts are counted, and that is said', () => {
  const use = countOf({ application: 'confluence', remaining: 3, groups: undefined }, [
    subject(false, [], activate(true)),
  ])
  expect(use).toMatchObject({ takes: 1, estimated: true })
  expect(seatsInWords(use)).toContain('active accounts were counted')
})

test('a plan says its seats in one line, and a warning with it', () => {
  const use = { application: 'jira-software', remaining: 30, takes: 12, frees: 4, short: false, estimated: false }
  expect(seatsInWords(use)).toBe('jira-software: takes 12 of 30 seats left, frees 4.')
  expect(seatsInWords({ ...use, takes: 40, short: true })).toContain('more than there are')
})

const step = fc.oneof(
  fc.record({ kind: fc.constant('active' as const), to: fc.boolean(), clear: fc.constant(true) }),
  fc.record({
    kind: fc.constantFrom('joins' as const, 'leaves' as const),
    groups: fc.subarray([users, other]),
    clear: fc.constant(true),
  }),
)
const arbitrary = fc.record({
  active: fc.boolean(),
  groups: fc.subarray([users, other]).map((groups) => new Set(groups)),
  steps: fc.array(step, { maxLength: 6 }),
})

test('law: seats before, with those taken and without those freed, are the seats after', () => {
  const seated = (active: boolean, groups: ReadonlySet<NameKey>) => (active && groups.has(users) ? 1 : 0)
  fc.assert(
    fc.property(fc.array(arbitrary), (subjects) => {
      let before = 0
      let after = 0
      for (const { active, groups, steps } of subjects) {
        before += seated(active, groups)
        let [on, of] = [active, new Set(groups)]
        for (const one of steps) {
          if (one.kind === 'active') on = one.to
          else for (const group of one.groups) one.kind === 'joins' ? of.add(group) : of.delete(group)
        }
        after += seated(on, of)
      }
      const { takes, frees } = countOf(licence(1000), subjects)
      expect(before + takes - frees).toBe(after)
    }),
  )
})
