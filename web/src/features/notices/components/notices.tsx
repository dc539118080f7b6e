import { useIntl } from 'react-intl'
import { Card } from '../../../components/card.tsx'
import { ProblemMessage } from '../../../components/problem-message.tsx'
import { useNotices, useRetry } from '../api/notices.ts'
import { messages } from '../messages.ts'
import { Notice } from './notice.tsx'
import styles from './notices.module.css'

/** What needs somebody, before everything else; nothing at all where nothing does. */
export function Notices() {
  const intl = useIntl()
  const query = useNotices()
  const retry = useRetry()
  if (query.isError) return <ProblemMessage error={query.error} onRetry={() => void query.refetch()} />
  const notices = query.data?.notices ?? []
  if (notices.length === 0) return null
  return (
    <Card title={intl.formatMessage(messages.title, { count: notices.length })}>
      {retry.isError && <ProblemMessage error={retry.error} />}
      <ul className={styles.list}>
        {notices.map((notice) => (
          <Notice key={notice.key} notice={notice} retry={retry} />
        ))}
      </ul>
    </Card>
  )
}
