import Button from '@atlaskit/button/new'
import EmptyState from '@atlaskit/empty-state'
import { useIntl } from 'react-intl'
import { Loading } from '../../../components/loading.tsx'
import { ProblemMessage } from '../../../components/problem-message.tsx'
import type { useOperations } from '../api/operations.ts'
import { messages } from '../messages.ts'
import { OperationBrowser } from './operation-browser.tsx'
import { ResultCount } from './result-count.tsx'

interface Props {
  readonly result: ReturnType<typeof useOperations>
  readonly onClear: () => void
  readonly onSubject: (subject: string) => void
}

export function OperationResults({ result, onClear, onSubject }: Props) {
  const intl = useIntl()
  const { query, operations, total } = result
  if (query.isPending) return <Loading />
  const failure = query.isError && <ProblemMessage error={query.error} onRetry={() => void query.refetch()} />
  if (!query.data) return failure
  return (
    <>
      {failure}
      <ResultCount total={total} loaded={operations.length} />
      {total === 0 ? (
        <EmptyState
          header={intl.formatMessage(messages.noMatch)}
          headingLevel={2}
          description={intl.formatMessage(messages.noMatchText)}
          primaryAction={<Button onClick={onClear}>{intl.formatMessage(messages.clearFilters)}</Button>}
        />
      ) : (
        <OperationBrowser result={result} onSubject={onSubject} />
      )}
    </>
  )
}
