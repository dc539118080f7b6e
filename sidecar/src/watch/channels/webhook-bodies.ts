import { noticeLink } from '../notice-link.ts'
import { noticeText } from '../notice-text.ts'
import type { Notification } from '../notification.ts'

/** Our own format, described in docs/monitoring.md. */
export const genericBody = (notifications: readonly Notification[], adminUrl: string) => ({
  version: 1,
  events: notifications.map(({ id, event, at, condition }) => ({
    id,
    event,
    at: new Date(at).toISOString(),
    key: condition.key,
    kind: condition.kind,
    severity: condition.severity,
    title: condition.title,
    text: condition.text,
    remedy: condition.remedy,
    ...(condition.connection && { connection: condition.connection.slug }),
    ...(condition.target && { target: condition.target.slug }),
    url: noticeLink(adminUrl, condition),
  })),
})

/** `text` in mrkdwn, whose three characters are escaped: https://docs.slack.dev/messaging/formatting-message-text */
export function slackBody(notifications: readonly Notification[], adminUrl: string) {
  const { subject, items, more } = noticeText(notifications, adminUrl)
  const parts = items.map(({ title, text, link }) => `*${forSlack(title)}*\n${forSlack(text)}\n<${link}|Open Rollcall>`)
  return { text: [forSlack(subject), ...parts, ...(more > 0 ? [`and ${more} more`] : [])].join('\n\n') }
}

const forSlack = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** One adaptive card, as the workflows of Teams take it: https://adaptivecards.io/explorer/AdaptiveCard.html */
export function teamsBody(notifications: readonly Notification[], adminUrl: string) {
  const { subject, items, more } = noticeText(notifications, adminUrl)
  const block = (text: string, rest: object = {}) => ({ type: 'TextBlock', text: forTeams(text), wrap: true, ...rest })
  const body = items.flatMap(({ title, text }) => [block(title, { weight: 'bolder' }), block(text)])
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body: [block(subject, { size: 'medium' }), ...body, ...(more > 0 ? [block(`and ${more} more`)] : [])],
    actions: items.slice(0, 1).map(({ link }) => ({ type: 'Action.OpenUrl', title: 'Open Rollcall', url: link })),
  }
  return { type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }] }
}

/** A text block understands some Markdown: names are no Markdown. */
const forTeams = (text: string) => text.replace(/[\\*_[\]]/g, '\\$&')
