import type { ProblemView } from '@rollcall/contract/api/problem'
import type { Instant } from '../../identity/ids.ts'
import { type Db, transaction } from '../../store/transaction.ts'
import type { Condition } from './condition.ts'
import type { NoticeEvent } from './store-conditions.ts'

/** Something to be told that its channel has not taken yet. */
export interface WaitingMessage {
  readonly id: number
  readonly event: NoticeEvent
  readonly condition: Condition
  readonly at: Instant
}

/** A channel that did not take what it was given last. */
export interface FailingChannel {
  readonly channel: string
  readonly failures: number
  readonly notBefore: Instant
  readonly problem: ProblemView
}

/** Nobody wants to read what needed somebody longer ago. */
const keptMs = 7 * 86_400_000
/** One message of a channel sums up at most so many. */
export const mostAtOnce = 500

export async function readWaitingMessages(db: Db, channel: string): Promise<readonly WaitingMessage[]> {
  const rows = await db
    .selectFrom('notice_message')
    .select(['id', 'event', 'content', 'at'])
    .where('channel', '=', channel)
    .orderBy('id')
    .limit(mostAtOnce)
    .execute()
  return rows.map(({ id, event, content, at }) => ({ id, event, at, condition: JSON.parse(content) }))
}

/** The channel took everything up to this one. */
export async function settleMessages(db: Db, channel: string, last: number): Promise<void> {
  await transaction(db, async (trx) => {
    await trx.deleteFrom('notice_message').where('channel', '=', channel).where('id', '<=', last).execute()
    await trx.deleteFrom('notice_channel').where('channel', '=', channel).execute()
  })
}

export async function readFailingChannels(db: Db): Promise<readonly FailingChannel[]> {
  const rows = await db.selectFrom('notice_channel').selectAll().orderBy('channel').execute()
  return rows.map(({ channel, failures, not_before, problem }) => ({
    channel,
    failures,
    notBefore: not_before,
    problem: JSON.parse(problem),
  }))
}

export async function storeFailingChannel(db: Db, failing: FailingChannel): Promise<void> {
  const { channel, failures, notBefore, problem } = failing
  const values = { failures, not_before: notBefore, problem: JSON.stringify(problem) }
  await db
    .insertInto('notice_channel')
    .values({ channel, ...values })
    .onConflict((conflict) => conflict.column('channel').doUpdateSet(values))
    .execute()
}

/** What waits for channels that are no longer configured, or waited too long. */
export async function forgetMessages(db: Db, channels: readonly string[], now: Instant): Promise<void> {
  // A list that is empty is no list in SQL.
  const configured = [...channels, '']
  await transaction(db, async (trx) => {
    await trx.deleteFrom('notice_message').where('channel', 'not in', configured).execute()
    await trx.deleteFrom('notice_channel').where('channel', 'not in', configured).execute()
    await trx
      .deleteFrom('notice_message')
      .where('at', '<', now - keptMs)
      .execute()
  })
}
