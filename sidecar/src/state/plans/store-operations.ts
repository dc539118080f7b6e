import type { IdentityId, PlanId } from '../../identity/ids.ts'
import { dialectOf } from '../../store/dialect.ts'
import { insertRows } from '../../store/insert-rows.ts'
import type { Trx } from '../../store/transaction.ts'
import { type OperationRow, plannedColumns } from './operation-row.ts'

/** A piece of a plan: at most a thousand operations. */
export async function storeOperations(trx: Trx, rows: readonly OperationRow[]): Promise<void> {
  const values = rows.flatMap((row) => plannedColumns.map((column) => row[column]))
  await insertRows(trx, { table: 'operation', columns: plannedColumns, values })
}

export interface TakenOut {
  readonly plan: PlanId
  readonly positions: readonly number[]
  /** Everything about these people goes. */
  readonly identities: readonly IdentityId[]
}

/** Operations that another one replaces, or that cannot happen: a finding stands in their place. */
export async function takeOut(trx: Trx, { plan, positions, identities }: TakenOut): Promise<void> {
  const { integers } = dialectOf(trx)
  if (positions.length > 0) {
    await trx.deleteFrom('operation').where('plan_id', '=', plan).where('position', 'in', integers(positions)).execute()
  }
  if (identities.length === 0) return
  await trx
    .deleteFrom('operation')
    .where('plan_id', '=', plan)
    .where('subject_kind', '=', 'identity')
    .where('subject_id', 'in', integers(identities))
    .execute()
}

export interface HeldPiece {
  readonly plan: PlanId
  readonly positions: readonly number[]
  readonly heldBy: string
}

export async function holdOperations(trx: Trx, { plan, positions, heldBy }: HeldPiece): Promise<void> {
  await trx
    .updateTable('operation')
    .set({ status: 'held', held_by: heldBy })
    .where('plan_id', '=', plan)
    .where('position', 'in', dialectOf(trx).integers(positions))
    .execute()
}
