import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { IdentityId, SourceGroupId } from '../identity/ids.ts'
import { type Announcement, createAnnouncedLeavers } from './announced-leavers.ts'
import { compileExpression } from './compile-expression.ts'
import { addConnection, addIdentity, createWorld } from './testing/world.ts'

const announcement = (more: Partial<Announcement> = {}): Announcement => ({
  id: 1,
  people: 2,
  filter: undefined,
  listed: new Set(),
  groups: new Set(),
  left: new Set(),
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
