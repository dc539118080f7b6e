import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testDatabases } from '../../store/testing/databases.ts'
import type { Condition } from './condition.ts'
import { readOpenNotices } from './open-notices.ts'
import { storeConditions } from './store-conditions.ts'
import { forgetMessages, readWaitingMessages, settleMessages } from './waiting-messages.ts'

const condition = (key: string, stage: string): Condition => ({
  key,
  stage,
  kind: 'legFailing',
  severity: 'warning',
  title: key,
  text: stage,
  remedy: 'Look.',
})

/** What holds at one look: a stage by key. */
const states = fc.array(
  fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('one', 'two'), { noNullPrototype: true }),
  {
    maxLength: 12,
  },
)

/** What a reader who saw every look would say. */
function expected(looks: readonly Readonly<Record<string, string>>[]): string[] {
  let before: Readonly<Record<string, string>> = {}
  return looks.flatMap((now) => {
    const was = before
    before = now
    return ['a', 'b', 'c'].flatMap((key) => {
      if (was[key] === now[key]) return []
      if (was[key] === undefined) return [`opened ${key} ${now[key]}`]
      return now[key] === undefined ? [`ended ${key} ${was[key]}`] : [`changed ${key} ${now[key]}`]
    })
  })
}

describe.each(testDatabases)('notices on $name', ({ open }) => {
  test('any sequence of states tells each opening, each other stage and each end exactly once', async () => {
    await fc.assert(
      fc.asyncProperty(states, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), async (looks, taken) => {
        const { db, close } = await open()
        const told: string[] = []
        const take = async () => {
          const waiting = await readWaitingMessages(db, 'mail')
          told.push(...waiting.map(({ event, condition: { key, stage } }) => `${event} ${key} ${stage}`))
          await settleMessages(db, 'mail', waiting.at(-1)?.id ?? 0)
        }
        for (const [at, look] of looks.entries()) {
          const conditions = Object.entries(look).map(([key, stage]) => condition(key, stage))
          await storeConditions(db, conditions, [{ channel: 'mail', kinds: undefined }], at)
          if (taken[at]) await take()
        }
        await take()
        await take()
        const left = (await readOpenNotices(db)).map((notice) => notice.condition.key).sort()
        expect(left).toEqual(Object.keys(looks.at(-1) ?? {}).sort())
        expect(told.sort()).toEqual(expected(looks).sort())
        await close()
      }),
      { numRuns: 40 },
    )
  }, 120_000)

  test('other words of the same are stored and told to nobody', async () => {
    const { db, close } = await open()
    const subscriber = [{ channel: 'mail', kinds: undefined }]
    await storeConditions(db, [condition('a', 'one')], subscriber, 1)
    await storeConditions(db, [{ ...condition('a', 'one'), text: 'now 13' }], subscriber, 2)
    expect(await readOpenNotices(db)).toMatchObject([{ openedAt: 1, condition: { text: 'now 13' } }])
    expect(await readWaitingMessages(db, 'mail')).toHaveLength(1)
    await close()
  })

  test('a channel is told only what it asks for, and what waits for one that is gone is forgotten', async () => {
    const { db, close } = await open()
    const subscribers = [
      { channel: 'mail', kinds: ['planHeld'] as const },
      { channel: 'chat', kinds: ['legFailing'] as const },
    ]
    await storeConditions(db, [condition('a', 'one')], subscribers, 1)
    expect(await readWaitingMessages(db, 'mail')).toEqual([])
    expect(await readWaitingMessages(db, 'chat')).toHaveLength(1)
    await forgetMessages(db, ['chat'], 2)
    expect(await readWaitingMessages(db, 'chat')).toHaveLength(1)
    await forgetMessages(db, [], 2)
    expect(await readWaitingMessages(db, 'chat')).toEqual([])
    await close()
  })
})
