import { expect } from 'vitest'
import { expectAsPromised, expectSame } from './expect-same.ts'
import { applied, type Done, type UndoWorld } from './undo-world.ts'

/** Runs, takes back what was run, and compares every product before and after; by choice takes that back, too. Gives back what was run. */
export async function holdLaw(world: UndoWorld, redo: boolean): Promise<readonly Done[]> {
  const before = world.states()
  const done = (await world.follow()).filter(hasDone)
  const after = world.states()
  const undone = await takeBack(world, done)
  expectSame({ before, now: world.states(), steps: done, undone })
  expectAsPromised({ now: world.states(), steps: done })
  await expectNothingLeft(world, done)
  if (!redo) return done
  const redone = await takeBack(world, undone)
  expectSame({ before: after, now: world.states(), steps: [...done, ...undone], undone: redone })
  return done
}

const hasDone = ({ operations }: Done): boolean => [...operations.values()].flat().some(applied)

/** The last run first; nothing of an undo may fail. */
async function takeBack(world: UndoWorld, runs: readonly Done[]): Promise<readonly Done[]> {
  const undone: Done[] = []
  for (const { run } of runs.toReversed()) undone.push(...(await world.apply(await world.planUndo(run))))
  const failed = undone.flatMap(({ operations }) =>
    [...operations].flatMap(([target, all]) => all.filter((one) => !applied(one)).map((one) => ({ target, ...one }))),
  )
  expect(failed).toEqual([])
  return undone
}

/** A second time there is nothing to take back. */
async function expectNothingLeft(world: UndoWorld, runs: readonly Done[]): Promise<void> {
  for (const { run } of runs.toReversed()) {
    const { legs } = await world.planUndo(run)
    expect(legs.filter(({ outcome }) => outcome !== 'empty')).toEqual([])
  }
}
