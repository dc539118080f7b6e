import type { Operation } from '../../planning/operation.ts'
import type { ExecutedPlan } from '../journal/journaled-operation.ts'
import type { Settlement } from '../journal/settlement.ts'
import type { AuditEvent } from './audit-entry.ts'

/** What changed in a product or between us and it, as one entry for all that is settled together; nothing else is one. */
export function settledEvent(plan: ExecutedPlan, settlements: readonly Settlement[]): readonly AuditEvent[] {
  const applied = settlements.filter(({ status }) => status === 'applied')
  if (applied.length === 0) return []
  const { id, connection, target } = plan
  const operations = applied.map(({ operation }) => ({
    id: operation.id,
    subject: operation.subjectName,
    ...changeOf(operation.operation),
  }))
  return [{ action: 'operations.applied', actor: itself, detail: { plan: id, connection, target, operations } }]
}

/** Whoever asked for the plan to be executed stands in an entry of their own. */
const itself = { name: 'Rollcall' } as const

function changeOf(operation: Operation) {
  return {
    kind: operation.kind,
    ...('group' in operation && { group: operation.group.name }),
    ...('groups' in operation && { groups: operation.groups.map(({ name }) => name) }),
    ...('before' in operation && { before: operation.before }),
    ...('after' in operation && { after: operation.after }),
  }
}
