import { NoticesEntry } from '@rollcall/contract/notices'
import { resolveReferences } from '../../connections/configuration/secret-reference.ts'
import { readNotices } from '../../connections/configuration/stored-notices.ts'
import { Problem } from '../../problem/problem.ts'
import type { Db } from '../../store/transaction.ts'
import type { Channel } from './channel.ts'
import { createMailChannel } from './mail-channel.ts'
import { tried } from './tried.ts'
import { createWebhookChannel } from './webhook-channel.ts'

export interface OpenChannelsOptions {
  readonly db: Db
  readonly environment: NodeJS.ProcessEnv
  readonly adminUrl: string
  readonly now: () => number
}

/** Everybody who is told, as it is configured now. One with a secret that cannot be found is there, and fails. */
export async function openChannels({
  db,
  environment,
  adminUrl,
  now,
}: OpenChannelsOptions): Promise<readonly Channel[]> {
  const entry = (await readNotices(db))?.entry
  if (entry === undefined) return []
  const resolve = (part: NoticesEntry) => resolveReferences(NoticesEntry, part, environment) as NoticesEntry
  const { smtp, webhooks } = entry
  const mail = smtp && whole('mail', () => createMailChannel(resolve({ smtp, webhooks: [] }).smtp ?? smtp, adminUrl))
  return [
    ...(mail ? [mail] : []),
    ...webhooks.map((webhook) => {
      const open = () => createWebhookChannel(resolve({ webhooks: [webhook] }).webhooks[0] ?? webhook, adminUrl, now)
      return { ...whole(`webhook ${webhook.name}`, open), kinds: webhook.events }
    }),
  ]
}

function whole(name: string, open: () => Channel): Channel {
  try {
    return open()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const fail = () => Promise.reject(error)
    return { name, kinds: undefined, tell: fail, test: () => tried([{ step: 'Find the secrets', action: fail }]) }
  }
}
