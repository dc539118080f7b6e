import Button from '@atlaskit/button/new'
import EmptyState from '@atlaskit/empty-state'
import { useIntl } from 'react-intl'
import { Loading } from '../../../components/loading.tsx'
import { PageHeader } from '../../../components/page-header.tsx'
import { ProblemMessage } from '../../../components/problem-message.tsx'
import { useRuns } from '../api/runs.ts'
import { messages } from '../messages.ts'
import { ConnectionChoice } from './connection-choice.tsx'
import { RunTable } from './run-table.tsx'

interface Props {
  readonly connection: string | undefined
  readonly connections: readonly { readonly slug: string; readonly name: string }[]
}

export function RunsPage({ connection, connections }: Props) {
  const intl = useIntl()
  return (
    <>
      <PageHeader
        title={intl.formatMessage(messages.history)}
        subtitle={intl.formatMessage(messages.historySubtitle)}
        actions={<ConnectionChoice connection={connection} connections={connections} />}
      />
      <Runs connection={connection} />
    </>
  )
}

function Runs({ connection }: Pick<Props, 'connection'>) {
  const intl = useIntl()
  const { query, runs } = useRuns(connection)
  if (query.isPending) return <Loading />
  const failure = query.isError && <ProblemMessage error={query.error} onRetry={() => void query.refetch()} />
  if (!query.data) return failure
  if (runs.length === 0) {
    return (
      <EmptyState
        header={intl.formatMessage(messages.empty)}
        headingLevel={2}
        description={intl.formatMessage(messages.emptyText)}
      />
    )
  }
  return (
    <>
      {failure}
      <RunTable runs={runs} />
      {query.hasNextPage && (
        <div>
          <Button isLoading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {intl.formatMessage(messages.older)}
          </Button>
        </div>
      )}
    </>
  )
}
