import { assertNever } from '../identity/assert-never.ts'
import { noticeLink } from './notice-link.ts'
import type { Notification } from './notification.ts'

/** After an outage a thousand things may have to be told: one message names so many, and counts the rest. */
const mostNamed = 30

export interface NoticeText {
  readonly subject: string
  readonly items: readonly NoticeItem[]
  /** How many more there are. */
  readonly more: number
}

export interface NoticeItem {
  readonly title: string
  readonly text: string
  readonly link: string
}

/** One message for everything that is told at once. */
export function noticeText(notifications: readonly Notification[], adminUrl: string): NoticeText {
  const items = notifications.slice(0, mostNamed).map((each) => ({
    title: titleOf(each),
    text: each.event === 'ended' ? 'This is over.' : `${each.condition.text} ${each.condition.remedy}`,
    link: noticeLink(adminUrl, each.condition),
  }))
  return { subject: `Rollcall: ${subjectOf(notifications)}`, items, more: notifications.length - items.length }
}

function subjectOf(notifications: readonly Notification[]): string {
  const [only, ...others] = notifications
  if (only && others.length === 0) return titleOf(only)
  const counts = (['opened', 'changed', 'ended'] as const).flatMap((event) => {
    const count = notifications.filter((each) => each.event === event).length
    return count === 0 ? [] : [`${count} ${inWords[event]}`]
  })
  return `${notifications.length} notices (${counts.join(', ')})`
}

const inWords = { opened: 'new', changed: 'changed', ended: 'over' }

function titleOf({ event, condition: { title } }: Notification): string {
  switch (event) {
    case 'opened':
    case 'test':
      return title
    case 'changed':
      return `Still: ${title}`
    case 'ended':
      return `Over: ${title}`
    default:
      return assertNever(event)
  }
}
