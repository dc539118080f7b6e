import Button from '@atlaskit/button/new'
import { useIntl } from 'react-intl'
import { Loading } from '../../../components/loading.tsx'
import { ProblemMessage } from '../../../components/problem-message.tsx'
import { type LogOutcome, useScimLog } from '../api/scim-log.ts'
import { messages } from '../messages.ts'
import { LogTable } from './log-table.tsx'
import { NoEntries } from './no-entries.tsx'

interface Props {
  readonly slug: string
  readonly outcome: LogOutcome
}

export function LogEntries({ slug, outcome }: Props) {
  const intl = useIntl()
  const { query, entries } = useScimLog(slug, outcome)
  if (query.isPending) return <Loading />
  const failure = query.isError && <ProblemMessage error={query.error} onRetry={() => void query.refetch()} />
  if (!query.data) return failure
  if (entries.length === 0) return <NoEntries slug={slug} outcome={outcome} />
  return (
    <>
      {failure}
      <LogTable slug={slug} entries={entries} />
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
