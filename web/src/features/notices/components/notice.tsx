import Button, { LinkButton } from '@atlaskit/button/new'
import Lozenge from '@atlaskit/lozenge'
import type { NoticeView } from '@rollcall/contract/api/notices'
import { FormattedMessage, useIntl } from 'react-intl'
import { MarkedText } from '../../../components/marked-text.tsx'
import { RelativeTime } from '../../../components/relative-time.tsx'
import { planHref, runHref } from '../../../routing/route.ts'
import type { useRetry } from '../api/notices.ts'
import { messages } from '../messages.ts'
import styles from './notices.module.css'

interface Props {
  readonly notice: NoticeView
  readonly retry: ReturnType<typeof useRetry>
}

/** What holds, what to do, and the way to where it is done. */
export function Notice({ notice, retry }: Props) {
  const { severity, title, text, remedy, since } = notice
  return (
    <li className={styles.notice}>
      <div className={styles.words}>
        <div className={styles.title}>
          <Lozenge appearance={severity === 'critical' ? 'removed' : 'moved'}>
            <FormattedMessage {...messages[severity]} />
          </Lozenge>
          <strong>{title}</strong>
        </div>
        <p className={styles.text}>{text}</p>
        <p className={styles.text}>
          <MarkedText text={remedy} />
        </p>
        <p className={styles.since}>
          <FormattedMessage {...messages.since} values={{ since: <RelativeTime at={since} /> }} />
        </p>
      </div>
      <NoticeActions notice={notice} retry={retry} />
    </li>
  )
}

function NoticeActions({ notice: { kind, connection, planId, runId }, retry }: Props) {
  const intl = useIntl()
  const isLeg = kind === 'legFailing' || kind === 'legQuarantined'
  return (
    <div className={styles.actions}>
      {planId !== undefined && (
        <LinkButton href={planHref(planId)}>{intl.formatMessage(messages.openPlan, { id: planId })}</LinkButton>
      )}
      {runId !== undefined && (
        <LinkButton href={runHref(runId)}>{intl.formatMessage(messages.openRun, { id: runId })}</LinkButton>
      )}
      {isLeg && connection && (
        <Button
          title={intl.formatMessage(messages.tryAgainTitle, { name: connection.name })}
          isLoading={retry.isPending && retry.variables === connection.slug}
          onClick={() => retry.mutate(connection.slug)}
        >
          {intl.formatMessage(messages.tryAgain)}
        </Button>
      )}
    </div>
  )
}
