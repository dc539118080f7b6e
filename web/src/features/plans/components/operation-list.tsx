import type { OperationStatus } from '@rollcall/contract/api/plans'
import { Loading } from '../../../components/loading.tsx'
import { ProblemMessage } from '../../../components/problem-message.tsx'
import { useOperations } from '../api/operations.ts'
import { OperationBrowser } from './operation-browser.tsx'
import { ResultCount } from './result-count.tsx'

interface Props {
  readonly planId: number
  readonly statuses: readonly OperationStatus[]
}

/** The operations of a plan in some statuses, for pages that are about something else. */
export function OperationList({ planId, statuses }: Props) {
  const result = useOperations(planId, { kinds: [], statuses, search: '' })
  const { query, operations, total } = result
  if (query.isPending) return <Loading />
  if (query.isError) return <ProblemMessage error={query.error} onRetry={() => void query.refetch()} />
  if (total === 0) return null
  return (
    <>
      <ResultCount total={total} loaded={operations.length} />
      <OperationBrowser result={result} />
    </>
  )
}
