import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Loading } from './loading.tsx'
import { ProblemMessage } from './problem-message.tsx'

interface Props<Data> {
  readonly query: UseQueryResult<Data>
  /** True when there is an answer and nothing in it. */
  readonly isEmpty?: (data: Data) => boolean
  readonly empty?: ReactNode
  readonly children: (data: Data) => ReactNode
}

/** Loading, failed, empty, filled: every view has the four, in that order. Old data stays in sight when a refresh fails. */
export function Loaded<Data>({ query, isEmpty, empty, children }: Props<Data>) {
  const { data } = query
  if (query.isPending) return <Loading />
  const failure = query.isError && <ProblemMessage error={query.error} onRetry={() => void query.refetch()} />
  if (data === undefined) return failure
  return (
    <>
      {failure}
      {isEmpty?.(data) ? empty : children(data)}
    </>
  )
}
