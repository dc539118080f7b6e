import type { Instant } from '../../identity/ids.ts'
import type { Condition } from './condition.ts'

/** A condition that was found to hold, and has not been found to have ended. */
export interface OpenNotice {
  readonly id: number
  readonly condition: Condition
  readonly openedAt: Instant
}

export interface NoticeChange {
  readonly opened: readonly Condition[]
  /** Another stage of the same. */
  readonly changed: readonly Restated[]
  /** Other words of the same: nobody is told again. */
  readonly reworded: readonly Restated[]
  readonly ended: readonly OpenNotice[]
}

interface Restated {
  readonly id: number
  readonly condition: Condition
}

/** What is new among the conditions that hold now, and what of the known ones has ended. */
export function compareNotices(open: readonly OpenNotice[], conditions: readonly Condition[]): NoticeChange {
  const known = new Map(open.map((notice) => [notice.condition.key, notice]))
  const holding = new Set(conditions.map(({ key }) => key))
  const restated = conditions.flatMap((condition) => {
    const notice = known.get(condition.key)
    return notice === undefined ? [] : [{ id: notice.id, condition, before: notice.condition }]
  })
  const isOtherStage = ({ condition, before }: (typeof restated)[number]) => condition.stage !== before.stage
  return {
    opened: conditions.filter(({ key }) => !known.has(key)),
    changed: restated.filter(isOtherStage),
    reworded: restated.filter((each) => !isOtherStage(each) && !isSame(each.condition, each.before)),
    ended: open.filter(({ condition }) => !holding.has(condition.key)),
  }
}

const isSame = (a: Condition, b: Condition) => JSON.stringify(a) === JSON.stringify(b)
