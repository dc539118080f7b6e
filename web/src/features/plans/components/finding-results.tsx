// biome-ignore-all lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
import EmptyState from '@atlaskit/empty-state'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { FormattedMessage, useIntl } from 'react-intl'
import { Loading } from '../../../components/loading.tsx'
import { ProblemMessage } from '../../../components/problem-message.tsx'
import type { useFindings } from '../api/findings.ts'
import { messages } from '../messages.ts'
import { Finding } from './finding.tsx'
import styles from './finding-results.module.css'

/** Findings in a list of which only those in sight exist; each is as tall as its text. */
export function FindingResults({ result }: { readonly result: ReturnType<typeof useFindings> }) {
  const intl = useIntl()
  const { query, findings, total } = result
  const scroller = useRef<HTMLUListElement>(null)
  const virtualizer = useVirtualizer({
    count: findings.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 96,
    overscan: 8,
  })
  const items = virtualizer.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= findings.length - 20 && query.hasNextPage && !query.isFetching) void query.fetchNextPage()
  })
  if (query.isPending) return <Loading />
  if (!query.data) return <ProblemMessage error={query.error} onRetry={() => void query.refetch()} />
  if (total === 0) return <EmptyState header={intl.formatMessage(messages.noFindingMatch)} headingLevel={2} />
  return (
    <>
      <p role="status">
        <FormattedMessage {...messages.findingMatches} values={{ total }} />
      </p>
      <ul
        ref={scroller}
        className={styles.scroller}
        tabIndex={0}
        aria-label={intl.formatMessage(messages.findingsList)}
      >
        <li aria-hidden="true" style={{ blockSize: items[0]?.start ?? 0 }} />
        {items.map(({ index, key }) => {
          const finding = findings[index]
          return (
            finding && (
              <li key={key} data-index={index} ref={virtualizer.measureElement} className={styles.item}>
                <Finding finding={finding} />
              </li>
            )
          )
        })}
        <li aria-hidden="true" style={{ blockSize: virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0) }} />
      </ul>
    </>
  )
}
