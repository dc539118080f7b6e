import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { IdentityId, SourceGroupId } from '../identity/ids.ts'
import { type Announcement, countAnnouncedAbsences, createAnnouncedLeavers } from './announced-leavers.ts'
import { compileExpression } from './compile-expression.ts'
import { addConnection, addIdentity, createWorld } from './testing/world.ts'

const announcement = (more: Partial<Announcement> = {}): Announcement => ({
  id: 1,
  people: 2,
  filter: undefined,
  listed: new Set(),
  groups: new Set(),
  left: new Set(),
  goneAfter: 0,
  ...more,
})

const people = (departments: readonly string[]) => {
  const connection = addConnection(createWorld())
  return departments.map((department, at) => addIdentity(connection, `p${at}`, { attributes: { department } }))
}

const admitted = (announcements: readonly Announcement[], leavers: ReturnType<typeof people>) => {
  const announced = createAnnouncedLeavers(announcements)
  for (const leaver of leavers) announced.admit(leaver)
  return announced.admitted
}

describe('announced leavers', () => {
  test('are those of its group when it was announced, those in it now, or whom its condition means', () => {
    const [first, second, third] = people(['red', 'blue', 'red'])
    if (!first || !second || !third) throw new Error('nobody')
    const group = 7 as SourceGroupId
    const listed = announcement({ listed: new Set([first.id]), groups: new Set([group]) })
    expect([...admitted([listed], [first, second, { ...third, directGroups: [group] }]).keys()]).toEqual([
      first.id,
      third.id,
    ])
    const red = announcement({ filter: compileExpression('user.department == "red"', 'filter', 'condition') })
    expect([...admitted([red], [first, second, third]).keys()]).toEqual([first.id, third.id])
  })

  test('who left before have their places, and need no second one', () => {
    const [first, second, third] = people(['red', 'red', 'red'])
    if (!first || !second || !third) throw new Error('nobody')
    const listed = new Set([first.id, second.id, third.id])
    const one = announcement({ listed, left: new Set([first.id]) })
    expect([...admitted([one], [first, second, third]).keys()]).toEqual([first.id, second.id])
  })

  test('are never more than were announced, and never anybody else', () => {
    const setup = fc.record({
      meant: fc.uniqueArray(fc.nat(30)),
      leaving: fc.uniqueArray(fc.nat(30)),
      before: fc.uniqueArray(fc.nat(30)),
      places: fc.integer({ min: 1, max: 20 }),
    })
    fc.assert(
      fc.property(setup, ({ meant, leaving, before, places }) => {
        const all = people(Array.from({ length: 31 }, () => 'any'))
        const ids = (numbers: readonly number[]) => new Set(numbers.flatMap((at) => all[at]?.id ?? []))
        const left = new Set([...ids(before.filter((at) => meant.includes(at)))].slice(0, places)) as Set<IdentityId>
        const one = announcement({ people: places, listed: ids(meant), left })
        const found = admitted(
          [one],
          all.filter(({ id }) => ids(leaving).has(id)),
        )
        for (const id of found.keys()) expect(ids(meant).has(id) && ids(leaving).has(id)).toBe(true)
        expect(new Set([...found.keys(), ...left]).size).toBeLessThanOrEqual(places)
        const wanting = leaving.filter((at) => meant.includes(at)).length
        if (wanting + left.size <= places) expect(found.size).toBe(wanting)
      }),
    )
  })
})

describe('announced absences', () => {
  const gone = (count: number, deletedAt: number, from = 0) =>
    people(Array.from({ length: from + count }, () => 'red'))
      .slice(from)
      .map((person) => ({ ...person, deletedAt }))
  const red = (places: number, more: Partial<Announcement> = {}) =>
    announcement({
      people: places,
      filter: compileExpression('user.department == "red"', 'filter', 'condition'),
      ...more,
    })

  test('are those who are gone since the reading before, and never more than were announced', () => {
    expect(countAnnouncedAbsences([red(300)], gone(300, 20), 10)).toBe(300)
    expect(countAnnouncedAbsences([red(300)], gone(301, 20), 10)).toBe(300)
    expect(countAnnouncedAbsences([], gone(3, 20), 10)).toBe(0)
  })

  test('leave out whom nobody announced, whoever is back, and who was gone before it was announced', () => {
    const blue = announcement({
      people: 9,
      filter: compileExpression('user.department == "blue"', 'filter', 'condition'),
    })
    expect(countAnnouncedAbsences([blue], gone(3, 20), 10)).toBe(0)
    expect(countAnnouncedAbsences([red(9)], people(['red']), 10)).toBe(0)
    expect(countAnnouncedAbsences([red(9, { goneAfter: 20 })], gone(3, 20), 10)).toBe(0)
  })

  test('leave places to nobody twice: who went with an earlier reading has one', () => {
    const both = [...gone(100, 10), ...gone(250, 20, 100)]
    expect(countAnnouncedAbsences([red(300)], both, 10)).toBe(200)
  })

  test('count from when somebody was missing first, whatever the provider says later', () => {
    const [person] = gone(1, 20)
    expect(countAnnouncedAbsences([red(9)], person ? [{ ...person, missingAt: 10 }] : [], 10)).toBe(0)
    expect(countAnnouncedAbsences([red(9)], person ? [{ ...person, missingAt: 15 }] : [], 10)).toBe(1)
  })

  test('need no second place for who left under the announcement before', () => {
    const all = gone(3, 20)
    const left = new Set(all.slice(0, 2).map(({ id }) => id))
    expect(countAnnouncedAbsences([red(2, { left })], all, 10)).toBe(2)
  })
})
