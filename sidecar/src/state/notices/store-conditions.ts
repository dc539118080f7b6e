import type { NoticeKind } from '@rollcall/contract/notices'
import type { Instant } from '../../identity/ids.ts'
import type { Tables } from '../../store/tables.ts'
import { type Db, type Trx, transaction } from '../../store/transaction.ts'
import { compareNotices, type NoticeChange } from './compare-notices.ts'
import type { Condition } from './condition.ts'
import { readOpenNotices } from './open-notices.ts'

export type NoticeEvent = Tables['notice_message']['event']

/** Who is told, and of what. */
export interface Subscriber {
  readonly channel: string
  readonly kinds: readonly NoticeKind[] | undefined
}

/** Ended notices are kept this long, for whoever asks what happened. */
const keptMs = 90 * 86_400_000

/**
 * Stores what holds now, together with the messages that follow from what is new and what has ended: whatever happens
 * afterwards, each of them waits for its channel exactly once.
 */
export async function storeConditions(
  db: Db,
  conditions: readonly Condition[],
  subscribers: readonly Subscriber[],
  now: Instant,
): Promise<NoticeChange> {
  return transaction(db, async (trx) => {
    const change = compareNotices(await readOpenNotices(trx), conditions)
    for (const condition of change.opened) await open(trx, condition, now)
    for (const { id, condition } of [...change.changed, ...change.reworded]) await restate(trx, id, condition)
    for (const { id } of change.ended)
      await trx.updateTable('notice').set({ closed_at: now }).where('id', '=', id).execute()
    await trx
      .deleteFrom('notice')
      .where('closed_at', '<', now - keptMs)
      .execute()
    for (const [event, told] of eventsOf(change)) await tell(trx, subscribers, event, told, now)
    return change
  })
}

const eventsOf = ({
  opened,
  changed,
  ended,
}: NoticeChange): readonly (readonly [NoticeEvent, readonly Condition[]])[] => [
  ['opened', opened],
  ['changed', changed.map(({ condition }) => condition)],
  ['ended', ended.map(({ condition }) => condition)],
]

async function open(trx: Trx, condition: Condition, now: Instant): Promise<void> {
  const { key, stage } = condition
  await trx
    .insertInto('notice')
    .values({ notice_key: key, stage, content: JSON.stringify(condition), opened_at: now })
    .execute()
}

async function restate(trx: Trx, id: number, condition: Condition): Promise<void> {
  await trx
    .updateTable('notice')
    .set({ stage: condition.stage, content: JSON.stringify(condition) })
    .where('id', '=', id)
    .execute()
}

async function tell(
  trx: Trx,
  subscribers: readonly Subscriber[],
  event: NoticeEvent,
  conditions: readonly Condition[],
  at: Instant,
): Promise<void> {
  for (const { channel, kinds } of subscribers) {
    const wanted = conditions.filter(({ kind }) => kinds === undefined || kinds.includes(kind))
    for (const condition of wanted) {
      await trx
        .insertInto('notice_message')
        .values({ channel, event, content: JSON.stringify(condition), at })
        .execute()
    }
  }
}
