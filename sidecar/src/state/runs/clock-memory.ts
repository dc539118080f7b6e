import type { Instant } from '../../identity/ids.ts'
import type { Db } from '../../store/transaction.ts'

const seen = 'clock.seen'
const moved = 'clock.moved'

/** The newest time that is stored: the last that the scheduler saw, before its first look that of a run or reading. */
export async function readNewestTime(db: Db): Promise<Instant | undefined> {
  const stored = await readNumber(db, seen)
  if (stored !== undefined) return stored
  const run = await db
    .selectFrom('run')
    .select(({ fn }) => fn.max('queued_at').as('at'))
    .executeTakeFirst()
  const reading = await db
    .selectFrom('connection')
    .select(({ fn }) => fn.max('last_reading_at').as('at'))
    .executeTakeFirst()
  const times = [run?.at, reading?.at].filter((at) => at !== null && at !== undefined)
  return times.length === 0 ? undefined : Math.max(...times)
}

export const storeSeenTime = (db: Db, at: Instant): Promise<void> => write(db, seen, at)

/** By how many milliseconds the clock jumped, until an administrator approved what that made due. */
export const readMovedMs = async (db: Db): Promise<number> => (await readNumber(db, moved)) ?? 0
export const storeMovedMs = (db: Db, ms: number): Promise<void> => write(db, moved, ms)

async function readNumber(db: Db, name: string): Promise<number | undefined> {
  const row = await db.selectFrom('setting').select('value').where('name', '=', name).executeTakeFirst()
  return row && Number(row.value)
}

async function write(db: Db, name: string, value: number): Promise<void> {
  const text = String(value)
  await db
    .insertInto('setting')
    .values({ name, value: text })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: text }))
    .execute()
}
