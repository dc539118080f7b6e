import { type NoticesEntry, NoticesEntry as noticesSchema, type WebhookEntry } from '@rollcall/contract/notices'
import { nameKey } from '../../identity/name-key.ts'
import { configurationProblems as problems } from './configuration-problems.ts'
import type { Path, Report } from './report.ts'
import { isReference, plainSecrets } from './secret-reference.ts'

/** What is wrong with who is told; the shape is right already. */
export function checkNotices(notices: NoticesEntry | undefined, path: Path, report: Report) {
  if (notices === undefined) return []
  const secrets = plainSecrets(noticesSchema, notices, path).map((at) => literal(at, report))
  const webhooks = notices.webhooks.flatMap((webhook, index) => [
    ...checkWebhook(webhook, [...path, 'webhooks', index], report),
    ...repeatedName(notices.webhooks, index, [...path, 'webhooks', index, 'name'], report),
  ])
  return [...secrets, ...checkSmtp(notices, path, report), ...webhooks]
}

const literal = (at: Path, report: Report) =>
  report(problems.configuration_secret_literal, at, `\`${at.join('.')}\` is a secret in plain text.`)

function checkSmtp({ smtp }: NoticesEntry, path: Path, report: Report) {
  if (smtp === undefined || (smtp.user === undefined) === (smtp.password === undefined)) return []
  const at = [...path, 'smtp']
  return [
    report(
      problems.configuration_key_missing,
      at,
      `\`${at.join('.')}\` needs both \`user\` and \`password\`, or neither.`,
    ),
  ]
}

/** Who knows the address of a Slack or Teams webhook can post there. */
function checkWebhook({ url, format, secret }: WebhookEntry, path: Path, report: Report) {
  const at = [...path, 'url']
  if (format === 'generic') {
    const unsigned = `\`${path.join('.')}\` needs \`secret\`: what is posted is signed with it.`
    return [
      ...(isReference(url) || isWebAddress(url) ? [] : [noAddress(at, report)]),
      ...(secret === undefined ? [report(problems.configuration_key_missing, path, unsigned)] : []),
    ]
  }
  const needless = `\`${[...path, 'secret'].join('.')}\` means nothing with \`format: ${format}\`, which is not signed.`
  return [
    ...(isReference(url) ? [] : [literal(at, report)]),
    ...(secret === undefined ? [] : [report(problems.configuration_key_unknown, [...path, 'secret'], needless)]),
  ]
}

const noAddress = (at: Path, report: Report) =>
  report(
    problems.configuration_value_invalid,
    at,
    `\`${at.join('.')}\` must be an address that begins with https:// or http://.`,
  )

export const isWebAddress = (url: string): boolean => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)

function repeatedName(webhooks: readonly WebhookEntry[], index: number, at: Path, report: Report) {
  const name = webhooks[index]?.name ?? ''
  const isTaken = webhooks.slice(0, index).some((other) => nameKey(other.name) === nameKey(name))
  return isTaken ? [report(problems.configuration_name_taken, at, `\`${name}\` is the name of another webhook.`)] : []
}
