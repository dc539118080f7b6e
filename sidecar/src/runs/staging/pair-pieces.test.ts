import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gatherPairs, type PairChange } from './pair-pieces.ts'

const pairsOf = (side: keyof PairChange, pieces: readonly PairChange[]): string[] =>
  pieces.flatMap((piece) =>
    piece[side].flatMap((parent, index) => (index % 2 === 0 ? [`${parent} ${piece[side][index + 1]}`] : [])),
  )

async function gathered(groups: readonly { added: readonly number[]; removed: readonly number[] }[]) {
  const pieces: PairChange[] = []
  const gather = gatherPairs(async (piece) => void pieces.push(piece))
  for (const [parent, change] of groups.entries()) await gather.add(parent, change)
  return { pieces, total: await gather.end() }
}

const members = fc.uniqueArray(fc.integer({ min: 1, max: 5000 }), { maxLength: 2500 })

test('every changed edge is handed on once, in pieces of at most a thousand', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ added: members, removed: members }), { maxLength: 6 }), async (groups) => {
      const { pieces, total } = await gathered(groups)
      for (const side of ['added', 'removed'] as const) {
        const wanted = groups.flatMap((group, parent) => group[side].map((child) => `${parent} ${child}`))
        expect(pairsOf(side, pieces).sort()).toEqual(wanted.sort())
        expect(total[side]).toBe(wanted.length)
      }
      for (const { added, removed } of pieces) expect(added.length + removed.length).toBeLessThanOrEqual(2000)
    }),
    { numRuns: 30 },
  )
})

test('edges of many groups that are added to the same people stand together', async () => {
  const everybody = Array.from({ length: 1500 }, (_, index) => index + 1)
  const { pieces } = await gathered(Array.from({ length: 20 }, () => ({ added: everybody, removed: [] })))
  expect(pieces).toHaveLength(30)
  expect(new Set(pieces[0]?.added.filter((_, index) => index % 2 === 1)).size).toBeLessThanOrEqual(51)
})
