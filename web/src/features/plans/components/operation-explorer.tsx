import EmptyState from '@atlaskit/empty-state'
import type { PlanView } from '@rollcall/contract/api/plans'
import { useState } from 'react'
import { useIntl } from 'react-intl'
import { useDebounced } from '../../../components/use-debounced.ts'
import { useOperations } from '../api/operations.ts'
import { messages } from '../messages.ts'
import { allOperations, filterOf } from '../operation-choice.ts'
import { countOf } from '../plan-numbers.ts'
import { OperationFilters } from './operation-filters.tsx'
import { OperationResults } from './operation-results.tsx'

const typingMs = 250

/** The changes of a plan, narrowed by side, kind, status and name. */
export function OperationExplorer({ plan }: { readonly plan: PlanView }) {
  const intl = useIntl()
  const [choice, setChoice] = useState(allOperations)
  const search = useDebounced(choice.search.trim(), typingMs)
  const result = useOperations(plan.id, filterOf(choice, search))
  if (plan.status !== 'planning' && countOf(plan.counts, []) === 0) {
    return (
      <EmptyState
        header={intl.formatMessage(messages.emptyPlan)}
        headingLevel={2}
        description={intl.formatMessage(messages.emptyPlanText)}
      />
    )
  }
  return (
    <>
      <OperationFilters plan={plan} choice={choice} onChange={setChoice} />
      <OperationResults
        result={result}
        onClear={() => setChoice(allOperations)}
        onSubject={(subject) => setChoice({ ...allOperations, search: subject })}
      />
    </>
  )
}
