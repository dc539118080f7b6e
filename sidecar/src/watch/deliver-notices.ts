import type { Instant } from '../identity/ids.ts'
import { backoffMs } from '../outgoing/backoff.ts'
import { Problem } from '../problem/problem.ts'
import { problemView } from '../runs/scheduling/problem-view.ts'
import {
  type FailingChannel,
  readFailingChannels,
  readWaitingMessages,
  settleMessages,
  storeFailingChannel,
} from '../state/notices/waiting-messages.ts'
import type { Db } from '../store/transaction.ts'
import type { Channel } from './channels/channel.ts'

const firstPauseMs = 60_000
const longestPauseMs = 3_600_000

interface Delivering {
  readonly db: Db
  readonly now: Instant
  readonly random: () => number
  readonly report: (error: unknown) => void
}

/** Gives every channel, in one message, all that waits for it. What is not taken waits on, longer each time. */
export async function deliverNotices(channels: readonly Channel[], delivering: Delivering): Promise<void> {
  const failing = new Map((await readFailingChannels(delivering.db)).map((each) => [each.channel, each]))
  await Promise.all(channels.map((channel) => deliver(channel, failing.get(channel.name), delivering)))
}

async function deliver(channel: Channel, failing: FailingChannel | undefined, delivering: Delivering): Promise<void> {
  const { db, now, random, report } = delivering
  if (failing && failing.notBefore > now) return
  const waiting = await readWaitingMessages(db, channel.name)
  const last = waiting.at(-1)
  if (last === undefined) return
  try {
    // Numbers of rows that were deleted come again; with the time they tell every event apart.
    await channel.tell(waiting.map(({ id, ...message }) => ({ id: `${message.at}-${id}`, ...message })))
  } catch (error) {
    if (!(error instanceof Problem)) report(error)
    const failures = (failing?.failures ?? 0) + 1
    const notBefore = now + backoffMs(failures, firstPauseMs, longestPauseMs, random)
    await storeFailingChannel(db, { channel: channel.name, failures, notBefore, problem: problemView(error) })
    return
  }
  await settleMessages(db, channel.name, last.id)
}
