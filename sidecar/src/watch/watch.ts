import type { NoticeTestReport, NoticeView } from '@rollcall/contract/api/notices'
import type { Instant } from '../identity/ids.ts'
import { readOpenNotices } from '../state/notices/open-notices.ts'
import { storeConditions } from '../state/notices/store-conditions.ts'
import { forgetMessages } from '../state/notices/waiting-messages.ts'
import type { Db } from '../store/transaction.ts'
import { openChannels } from './channels/open-channels.ts'
import { readConditions } from './conditions/read-conditions.ts'
import { deliverNotices } from './deliver-notices.ts'

const everyMs = 60_000

export interface Watch {
  /** Looks at once, then every minute. */
  start(): Promise<void>
  /** Something ended that may have changed what needs somebody. */
  look(): Promise<void>
  /** What needs somebody now. */
  list(): Promise<readonly NoticeView[]>
  /** Sends a test notice to everybody who is told. */
  test(): Promise<NoticeTestReport>
  stop(): Promise<void>
}

export interface WatchOptions {
  readonly db: Db
  readonly now: () => Instant
  readonly environment: NodeJS.ProcessEnv
  /** What links in notices begin with. */
  readonly adminUrl: string
  readonly random?: () => number
  readonly report: (error: unknown) => void
  /** Calls back after so many milliseconds; gives back how to call it off. */
  readonly wait?: (ms: number, callback: () => void) => () => void
}

/** Says when something needs somebody, once, and when it is over, once. By level: it looks at what is, not at what happened. */
export function createWatch(options: WatchOptions): Watch {
  const { db, now, environment, report, random = Math.random, wait = waitForReal } = options
  let callOff = () => {}
  let looking: Promise<void> | undefined
  let again: Promise<void> | undefined
  let stopped = false

  async function lookNow(): Promise<void> {
    if (stopped) return
    const at = now()
    const channels = await openChannels(options)
    await forgetMessages(
      db,
      channels.map(({ name }) => name),
      at,
    )
    const subscribers = channels.map(({ name: channel, kinds }) => ({ channel, kinds }))
    await storeConditions(db, await readConditions(db, environment, at), subscribers, at)
    await deliverNotices(channels, { db, now: at, random, report })
  }

  const tryToLook = () =>
    lookNow()
      .catch(report)
      .finally(() => {
        looking = undefined
      })

  /** One look at a time; whoever asks during one gets the next, however many ask. */
  function look(): Promise<void> {
    if (looking === undefined) {
      looking = tryToLook()
      return looking
    }
    again ??= looking.then(() => {
      again = undefined
      return look()
    })
    return again
  }

  async function lookForever(): Promise<void> {
    await look()
    if (!stopped) callOff = wait(everyMs, () => void lookForever())
  }

  return {
    start: lookForever,
    look,
    async list() {
      const known = new Map((await readOpenNotices(db)).map(({ condition, openedAt }) => [condition.key, openedAt]))
      const conditions = await readConditions(db, environment, now())
      return conditions.map(({ stage: _, ...condition }) => ({
        ...condition,
        since: known.get(condition.key) ?? now(),
      }))
    },
    async test() {
      const channels = await Promise.all(
        (await openChannels(options)).map(async (channel) => ({
          channel: channel.name,
          steps: [...(await channel.test(now()))],
        })),
      )
      return { ok: channels.every(({ steps }) => steps.every(({ ok }) => ok)), channels }
    },
    async stop() {
      stopped = true
      callOff()
      await looking
      await again
    },
  }
}

function waitForReal(ms: number, callback: () => void): () => void {
  const timer = setTimeout(callback, ms)
  timer.unref()
  return () => clearTimeout(timer)
}
