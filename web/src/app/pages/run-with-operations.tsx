import { OperationList } from '../../features/plans/components/operation-list.tsx'
import { RunPage } from '../../features/runs/components/run-page.tsx'

const notAsPlanned = ['failed', 'refused', 'superseded'] as const

/** A run, with the operations of its plans that did not end as planned. */
export function RunWithOperations({ id }: { readonly id: number }) {
  return <RunPage id={id} exceptions={(planId) => <OperationList planId={planId} statuses={notAsPlanned} />} />
}
