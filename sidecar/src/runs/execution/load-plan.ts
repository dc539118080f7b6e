import type { PlanId } from '../../identity/ids.ts'
import type { JournaledOperation } from '../../state/journal/journaled-operation.ts'
import { readPlanned, readStatuses } from '../../state/journal/operation-journal.ts'
import type { Db } from '../../store/transaction.ts'
import type { OperationQueue } from './operation-queue.ts'

const pageSize = 1000
/** Looked ahead so that people with many memberships do not leave the target idle. */
const aheadOfTime = 4000
/** However few of them may go now: a plan never stands in memory as a whole. */
const mostAhead = 50_000

/** Brings the operations of a plan into the queue by ranges of position, as room is made. */
export function createPlanLoader(db: Db, plan: PlanId, queue: OperationQueue) {
  let loadedTo = -1
  let complete = false

  async function page(): Promise<readonly JournaledOperation[]> {
    const operations = await readPlanned(db, plan, loadedTo, pageSize)
    complete = operations.length < pageSize
    loadedTo = operations.at(-1)?.position ?? loadedTo
    const outside = operations.flatMap(({ after }) => after).filter((position) => !queue.has(position))
    const statuses = await readStatuses(db, plan, [...new Set(outside)])
    return operations.flatMap((operation) => {
      const waitsFor = operation.after.filter((position) => queue.has(position) || statuses.get(position) === 'planned')
      const blocked = operation.after.some((position) => isBlocked(position, statuses))
      return queue.add(operation, waitsFor, blocked)
    })
  }

  /** Held, failed, or not of this plan: it will not be applied now. */
  function isBlocked(position: number, statuses: ReadonlyMap<number, string>): boolean {
    if (queue.has(position)) return false
    const status = statuses.get(position)
    return status !== 'planned' && status !== 'applied'
  }

  return {
    /** Loads until enough may go. Gives back what cannot happen any more. */
    async load(enough: number): Promise<readonly JournaledOperation[]> {
      const skipped: JournaledOperation[] = []
      while (!complete && wantsMore(enough)) skipped.push(...(await page()))
      return skipped
    },

    /** Nothing may go, nothing is under way: whatever is left waits for itself. */
    stuck: (): readonly JournaledOperation[] => queue.clear(),
  }

  function wantsMore(enough: number): boolean {
    if (queue.size < aheadOfTime / 2) return true
    return queue.readySize < enough && queue.size < mostAhead
  }
}
