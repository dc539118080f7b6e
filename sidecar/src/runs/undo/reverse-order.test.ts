import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { IdentityId, OperationId } from '../../identity/ids.ts'
import type { SettledOperation } from '../../state/undo/settled-operations.ts'
import { createReverseOrder } from './reverse-order.ts'

const step = (position: number, identity: number, after: readonly number[] = []): SettledOperation => ({
  id: position as OperationId,
  position,
  operation: {
    kind: 'activateUser',
    identity: identity as IdentityId,
    account: { id: undefined, name: `person ${identity}` },
    reasons: [],
  },
  subjectName: `person ${identity}`,
  after,
  settledAt: 0,
  undid: undefined,
})

function reversed(steps: readonly SettledOperation[]): readonly number[] {
  const followers = new Map<number, number[]>()
  for (const { position, after } of steps)
    for (const first of after) followers.set(first, [...(followers.get(first) ?? []), position])
  const order = createReverseOrder(followers)
  const given = steps.toSorted((a, b) => b.position - a.position).flatMap((one) => order.take(one))
  return [...given, ...order.rest()].map(({ position }) => position)
}

test('The last comes first', () => {
  expect(reversed([step(1, 1), step(2, 2), step(3, 1)])).toEqual([3, 2, 1])
})

test('A name that was freed for somebody in front of it is taken back behind them, and what that person had before, too', () => {
  // Person 1 was deleted (9) so that person 2 could be created (4); person 1 had left a group before (8).
  expect(reversed([step(4, 2, [9]), step(8, 1), step(9, 1)])).toEqual([4, 9, 8])
})

test('Everything is given once, after all that waited for it, and in reverse within one person', () => {
  const plan = fc.array(fc.record({ identity: fc.nat(3), key: fc.nat(1_000_000), waits: fc.array(fc.nat(11)) }), {
    maxLength: 12,
  })
  fc.assert(
    fc.property(plan, (rows) => {
      // As executed: in this order, each waiting only for earlier ones; positions rise within one person only.
      const byPerson = Map.groupBy(rows, ({ identity }) => identity)
      const keys = new Map([...byPerson].map(([id, own]) => [id, own.map(({ key }) => key).sort((a, b) => a - b)]))
      const positions = rows.map(({ identity }, n) => (keys.get(identity)?.shift() ?? 0) * 100 + n)
      const steps = rows.map(({ identity, waits }, n) => {
        const after = [...new Set(waits.filter((at) => at < n))].flatMap((at) => positions[at] ?? [])
        return step(positions[n] ?? 0, identity, after)
      })
      const order = reversed(steps)
      expect(order.toSorted((a, b) => a - b)).toEqual(positions.toSorted((a, b) => a - b))
      for (const { position, after } of steps)
        for (const first of after) expect(order.indexOf(position)).toBeLessThan(order.indexOf(first))
      for (const own of Map.groupBy(steps, ({ subjectName }) => subjectName).values()) {
        const given = order.filter((position) => own.some((one) => one.position === position))
        expect(given).toEqual(given.toSorted((a, b) => b - a))
      }
    }),
  )
})
