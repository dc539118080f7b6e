import { expect } from 'vitest'
import { findViolations } from './find-violations.ts'
import { photograph } from './photograph.ts'
import type { WatchedPage } from './watched-page.ts'

/** Accessible, free of faults, no wider than its window; photographed in both themes, wide and narrow. */
export async function expectGoodLooks({ page, faults }: WatchedPage, name: string): Promise<void> {
  await page.evaluate(endOfMovement)
  expect(await findViolations(page)).toEqual([])
  const taken = await photograph(page, name)
  expect(taken.filter(({ overflow }) => overflow > 0)).toEqual([])
  expect(faults).toEqual([])
}

/**
 * A dialog that is still fading in has colours that nobody can read, and so has a button that changes its colour after it;
 * what turns for ever is not waited for. Over when nothing has begun to move for two frames.
 */
const endOfMovement = `(async () => {
  const moving = () =>
    document.getAnimations().filter((animation) => animation.effect.getComputedTiming().endTime !== Infinity)
  const twoFrames = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  do {
    await Promise.allSettled(moving().map((animation) => animation.finished))
    await twoFrames()
  } while (moving().length > 0)
})()`
