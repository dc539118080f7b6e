import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { IdentityId, OperationId } from '../../identity/ids.ts'
import type { JournaledOperation } from '../../state/journal/journaled-operation.ts'
import { createOperationQueue } from './operation-queue.ts'

function operation(
  position: number,
  person: number,
  after: readonly number[] = [],
  creates = false,
): JournaledOperation {
  const about = { identity: person as IdentityId, account: { id: undefined, name: `p${person}` }, reasons: [] }
  return {
    id: position as OperationId,
    position,
    operation: creates
      ? { kind: 'createUser', ...about, after: { name: '', email: '', displayName: '' } }
      : { kind: 'activateUser', ...about },
    revision: undefined,
    after,
    undoes: undefined,
    subjectName: `p${person}`,
    chain: `identity ${person}`,
  }
}

const anything = () => true
const positions = (operations: readonly JournaledOperation[]) => operations.map(({ position }) => position)

describe('the operation queue', () => {
  test('gives lower positions first and one of a person at a time', () => {
    const queue = createOperationQueue()
    for (const [position, person] of [
      [1, 7],
      [2, 7],
      [3, 8],
    ] as const)
      queue.add(operation(position, person), [], false)
    const taken = queue.take(9, anything)
    expect(positions(taken)).toEqual([1, 3])
    expect(queue.take(9, anything)).toEqual([])
    const [first] = taken
    if (first) queue.settle(first, true)
    expect(positions(queue.take(9, anything))).toEqual([2])
  })

  test('passes over what may not go yet and offers it again', () => {
    const queue = createOperationQueue()
    queue.add(operation(1, 1), [], false)
    queue.add(operation(2, 2), [], false)
    expect(positions(queue.take(9, ({ position }) => position === 2))).toEqual([2])
    expect(positions(queue.take(9, anything))).toEqual([1])
  })

  test('skips what comes after what came after a failure', () => {
    const queue = createOperationQueue()
    queue.add(operation(1, 1), [], false)
    queue.add(operation(2, 2, [1]), [1], false)
    queue.add(operation(3, 3, [2]), [2], false)
    const [first] = queue.take(9, anything)
    expect(first && positions(queue.settle(first, false))).toEqual([2, 3])
    expect(queue.size).toBe(0)
  })

  test('remembers a failed creation for operations that are loaded later', () => {
    const queue = createOperationQueue()
    queue.add(operation(1, 1, [], true), [], false)
    const [first] = queue.take(9, anything)
    if (first) queue.settle(first, false)
    expect(positions(queue.add(operation(2, 1), [], false))).toEqual([2])
    expect(positions(queue.add(operation(3, 2), [], false))).toEqual([])
  })

  test('A plan of any shape is taken or skipped once and as a whole, in an order that keeps every dependency', () => {
    const plan = fc.array(
      fc.record({
        person: fc.nat(5),
        back: fc.array(fc.nat(20), { maxLength: 3 }),
        fails: fc.boolean(),
        creates: fc.boolean(),
      }),
      { maxLength: 40 },
    )
    fc.assert(
      fc.property(plan, fc.integer({ min: 1, max: 8 }), (steps, width) => {
        const queue = createOperationQueue()
        const ended = new Map<number, 'applied' | 'failed' | 'skipped'>()
        const skip = (skipped: readonly JournaledOperation[]) => {
          for (const { position } of skipped) {
            expect(ended.has(position)).toBe(false)
            ended.set(position, 'skipped')
          }
        }
        const all = steps.map(({ person, back, creates }, index) => {
          const after = back.map((by) => index - 1 - by).filter((position) => position >= 0)
          return operation(index, person, [...new Set(after)], creates)
        })
        for (const one of all) skip(queue.add(one, one.after, false))
        for (;;) {
          const window = queue.take(width, anything)
          if (window.length === 0) break
          expect(new Set(window.map(({ chain }) => chain)).size).toBe(window.length)
          for (const one of window) {
            for (const position of one.after) expect(ended.get(position)).toBe('applied')
            const earlier = all.filter(({ chain, position }) => chain === one.chain && position < one.position)
            for (const { position } of earlier) expect(ended.has(position)).toBe(true)
          }
          for (const one of window) {
            const fails = steps[one.position]?.fails === true
            ended.set(one.position, fails ? 'failed' : 'applied')
            skip(queue.settle(one, !fails))
          }
        }
        expect(ended.size).toBe(all.length)
        expect(queue.size).toBe(0)
      }),
    )
  })
})
