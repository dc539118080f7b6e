import type { RunView } from '@rollcall/contract/api/runs'
import { expect, test } from 'vitest'
import { isUndoable, reviewHref } from './undo-words.ts'

const leg = (applied: number, planId?: number): RunView['legs'][number] => ({
  target: { slug: 'jira', name: 'Jira' },
  operations: { applied },
  ...(planId !== undefined && { planId }),
})

const run = (more: Partial<RunView>): RunView => ({
  id: 7,
  connection: { slug: 'entra', name: 'Entra' },
  trigger: 'manual',
  mode: 'synchronize',
  state: 'finished',
  queuedAt: 0,
  legs: [],
  ...more,
})

test('A run that has ended and changed something can be undone, and so can the application of an undo', () => {
  expect(isUndoable(run({ legs: [leg(0), leg(3)] }))).toBe(true)
  expect(isUndoable(run({ mode: 'apply', legs: [leg(1)] }))).toBe(true)
})

test('Neither what is under way nor what changed nothing can be undone', () => {
  expect(isUndoable(run({ state: 'running', legs: [leg(3)] }))).toBe(false)
  expect(isUndoable(run({ legs: [leg(0)] }))).toBe(false)
  expect(isUndoable(run({ mode: 'undo', legs: [leg(3)] }))).toBe(false)
})

test('One plan is reviewed on its page, several from the page of the undo', () => {
  expect(reviewHref(run({ legs: [leg(0, 4)] }))).toBe('#/plans/4')
  expect(reviewHref(run({ legs: [leg(0, 4), leg(0, 5)] }))).toBe('#/runs/7')
})
