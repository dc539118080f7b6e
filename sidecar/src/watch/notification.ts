import type { Condition } from '../state/notices/condition.ts'

/** One thing to be told. */
export interface Notification {
  /** The same when it is sent again because nobody knows whether it arrived. */
  readonly id: string
  readonly event: 'opened' | 'changed' | 'ended' | 'test'
  readonly condition: Condition
  readonly at: number
}

/** What `rollcall notices test` sends. */
export const testNotification = (at: number): Notification => ({
  id: `test-${at}`,
  event: 'test',
  at,
  condition: {
    key: 'test',
    kind: 'planHeld',
    stage: '',
    severity: 'warning',
    title: 'Test notice',
    text: 'This is a test: nothing needs you. Notices of Rollcall arrive here.',
    remedy: 'Nothing has to be done.',
  },
})
