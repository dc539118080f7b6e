import type { RunView } from '@rollcall/contract/api/runs'
import type { IntlShape } from 'react-intl'
import { messages } from './messages.ts'

/** "Administrator: ada", "Schedule". */
export function triggerText(intl: IntlShape, { trigger, requestedBy }: RunView): string {
  const word = intl.formatMessage(messages[`trigger_${trigger}`])
  return requestedBy ? intl.formatMessage(messages.triggeredBy, { trigger: word, name: requestedBy }) : word
}

/** How long it took, or has taken so far; nothing before it has started. */
export function durationOf({ startedAt, finishedAt }: RunView, now: number): number | undefined {
  return startedAt === undefined ? undefined : (finishedAt ?? Math.max(now, startedAt)) - startedAt
}
