import type { Instant, PlanId } from '../../identity/ids.ts'
import type { Cause } from '../../planning/guard.ts'
import type { Trx } from '../../store/transaction.ts'
import type { Leg } from '../marks/mark.ts'

/** What a plan means for its leg's hold. */
export type HoldChange = { readonly kind: 'hold'; readonly causes: readonly Cause[] } | { readonly kind: 'causeGone' }

/** At most one hold is open on a leg: it is opened, gets the new plan for its content, or closes by itself. */
export async function storeHold(trx: Trx, leg: Leg, plan: PlanId, change: HoldChange, at: Instant): Promise<void> {
  const open = await trx
    .selectFrom('hold')
    .select('id')
    .where('connection_id', '=', leg.connection)
    .where('target_id', '=', leg.target)
    .where('closed_at', 'is', null)
    .executeTakeFirst()
  const content = { plan_id: plan, updated_at: at }
  if (change.kind === 'causeGone') {
    if (open) await update(trx, open.id, { ...content, closed_at: at, closed_how: 'causeGone' })
    return
  }
  const causes = JSON.stringify(change.causes)
  if (open) await update(trx, open.id, { ...content, causes })
  else await insert(trx, leg, { ...content, causes })
}

interface Content {
  readonly plan_id: PlanId
  readonly updated_at: Instant
  readonly causes: string
}

const update = (
  trx: Trx,
  id: number,
  values: Partial<Content> & { closed_at?: Instant; closed_how?: 'causeGone' },
): Promise<unknown> => trx.updateTable('hold').set(values).where('id', '=', id).execute()

const insert = (trx: Trx, { connection, target }: Leg, content: Content): Promise<unknown> =>
  trx
    .insertInto('hold')
    .values({ connection_id: connection, target_id: target, opened_at: content.updated_at, ...content })
    .execute()
