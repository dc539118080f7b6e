import type { PlanId } from '../../identity/ids.ts'
import type { Db } from '../../store/transaction.ts'

/** Held operations that the newer plan has and the older had not, and the other way round. */
export async function compareHeld(
  db: Db,
  older: PlanId,
  newer: PlanId,
): Promise<{ readonly added: number; readonly removed: number }> {
  return { added: await onlyIn(db, newer, older), removed: await onlyIn(db, older, newer) }
}

async function onlyIn(db: Db, plan: PlanId, other: PlanId): Promise<number> {
  const { n } = await db
    .selectFrom(held(db, plan).except(held(db, other)).as('only'))
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return n
}

/** Not by position: a person's second removal moves up when the first is no longer needed. */
const held = (db: Db, plan: PlanId) =>
  db
    .selectFrom('operation')
    .select(['kind', 'subject_kind', 'subject_id', 'subject_name_key', 'group_name_key'])
    .where('plan_id', '=', plan)
    .where('status', '=', 'held')
