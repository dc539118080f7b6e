import { expect } from 'vitest'
import { findViolations } from './find-violations.ts'
import { photograph } from './photograph.ts'
import type { WatchedPage } from './watched-page.ts'

/** Accessible, free of faults, no wider than its window; photographed in both themes, wide and narrow. */
export async function expectGoodLooks({ page, faults }: WatchedPage, name: string): Promise<void> {
  expect(await findViolations(page)).toEqual([])
  const taken = await photograph(page, name)
  expect(taken.filter(({ overflow }) => overflow > 0)).toEqual([])
  expect(faults).toEqual([])
}
