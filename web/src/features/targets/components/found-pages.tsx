import Button from '@atlaskit/button/new'
import EmptyState from '@atlaskit/empty-state'
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { FormattedMessage, type MessageDescriptor, useIntl } from 'react-intl'
import { Loading } from '../../../components/loading.tsx'
import { ProblemMessage } from '../../../components/problem-message.tsx'
import { messages } from '../messages.ts'

interface Props {
  readonly query: UseInfiniteQueryResult<InfiniteData<{ readonly total: number }>>
  /** How many match, with `total`. */
  readonly count: MessageDescriptor
  /** What has been fetched of it. */
  readonly children: ReactNode
}

/** Loading, failed, empty, filled, and a way to fetch more. */
export function FoundPages({ query, count, children }: Props) {
  const intl = useIntl()
  if (query.isPending) return <Loading />
  if (!query.data) return <ProblemMessage error={query.error} onRetry={() => void query.refetch()} />
  const total = query.data.pages[0]?.total ?? 0
  return (
    <>
      <p role="status">
        <FormattedMessage {...count} values={{ total }} />
      </p>
      {total === 0 ? <EmptyState header={intl.formatMessage(messages.noMatch)} headingLevel={2} /> : children}
      {query.hasNextPage && (
        <Button isLoading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {intl.formatMessage(messages.more)}
        </Button>
      )}
    </>
  )
}
