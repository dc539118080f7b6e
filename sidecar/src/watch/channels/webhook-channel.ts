import type { WebhookEntry } from '@rollcall/contract/notices'
import { assertNever } from '../../identity/assert-never.ts'
import { createOutgoingClient } from '../../outgoing/outgoing-client.ts'
import { Problem } from '../../problem/problem.ts'
import { noticeProblems } from '../notice-problems.ts'
import { type Notification, testNotification } from '../notification.ts'
import type { Channel } from './channel.ts'
import { signedHeaders } from './sign-webhook.ts'
import { tried } from './tried.ts'
import { genericBody, slackBody, teamsBody } from './webhook-bodies.ts'

const patienceMs = 15_000

/** Tells by HTTP. `webhook` has its address and key, not references to them. */
export function createWebhookChannel(webhook: WebhookEntry, adminUrl: string, now: () => number): Channel {
  const post = async (notifications: readonly Notification[]): Promise<number> => {
    const client = openClient(webhook)
    try {
      const body = JSON.stringify(bodyOf(webhook, notifications, adminUrl))
      const headers = { 'content-type': 'application/json', ...signatureOf(webhook, body, now()) }
      const signal = AbortSignal.timeout(patienceMs)
      const { status } = await client.send({ method: 'POST', url: webhook.url, headers, body, signal }).catch(told)
      if (status >= 200 && status < 300) return status
      throw new Problem(noticeProblems.notice_webhook_refused, `The webhook ${webhook.name} answered with ${status}.`)
    } finally {
      await client.close()
    }
  }
  return {
    name: `webhook ${webhook.name}`,
    kinds: webhook.events,
    async tell(notifications) {
      await post(notifications)
    },
    test: (at) =>
      tried([
        {
          step: 'Post a notice',
          action: async () => `The webhook took it and answered ${await post([testNotification(at)])}.`,
        },
      ]),
  }
}

/** An address that came out of a reference was not looked at when the configuration was applied. */
function openClient({ url, name, allowPrivateAddresses }: WebhookEntry) {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) {
    return createOutgoingClient({ origins: [url], allowPrivateAddresses, connections: 1, headersTimeoutMs: patienceMs })
  }
  throw new Problem(noticeProblems.notice_webhook_address_invalid, `The webhook ${name} has no valid address.`)
}

/** Running out of patience is a fault of the webhook as any other. */
function told(error: unknown): never {
  if (error instanceof Problem) throw error
  throw new Problem(noticeProblems.notice_webhook_refused, 'The webhook did not answer in time.', { cause: error })
}

function bodyOf({ format }: WebhookEntry, notifications: readonly Notification[], adminUrl: string): object {
  switch (format) {
    case 'generic':
      return genericBody(notifications, adminUrl)
    case 'slack':
      return slackBody(notifications, adminUrl)
    case 'teams':
      return teamsBody(notifications, adminUrl)
    default:
      return assertNever(format)
  }
}

const signatureOf = ({ secret }: WebhookEntry, body: string, at: number) =>
  secret === undefined ? {} : signedHeaders(secret, body, at)
