import type { WhyAccount, WhyChange, WhyObstacle } from '@rollcall/contract/api/why'
import { FormattedMessage, useIntl } from 'react-intl'
import { RelativeTime } from '../../../components/relative-time.tsx'
import { planHref, runHref } from '../../../routing/route.ts'
import { messages } from '../messages.ts'
import styles from './answer.module.css'

type Answered = Pick<WhyAccount, 'because' | 'obstacle' | 'waitsFor' | 'lastChange'>

/** What gives it, what keeps it away and what would change that, and who changed it last. */
export function Told({ told }: { readonly told: Answered }) {
  const intl = useIntl()
  const { because, obstacle, waitsFor, lastChange } = told
  return (
    <>
      {because.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {obstacle && <Obstacle obstacle={obstacle} message={obstacle.message} />}
      {waitsFor && (
        <Obstacle obstacle={waitsFor} message={intl.formatMessage(messages.notDone, { message: waitsFor.message })} />
      )}
      {lastChange && <LastChange change={lastChange} />}
    </>
  )
}

function Obstacle({ obstacle, message }: { readonly obstacle: WhyObstacle; readonly message: string }) {
  const intl = useIntl()
  const { remedy, planId } = obstacle
  return (
    <>
      <p>{message}</p>
      <p className={styles.subtle}>
        {intl.formatMessage(messages.toChange, { remedy })}{' '}
        {planId !== undefined && <a href={planHref(planId)}>{intl.formatMessage(messages.plan, { id: planId })}</a>}
      </p>
    </>
  )
}

function LastChange({ change }: { readonly change: WhyChange }) {
  const { description, at, runId } = change
  return (
    <p className={styles.subtle}>
      <FormattedMessage
        {...messages.lastChange}
        values={{ description, time: <RelativeTime at={at} />, run: <RunLink id={runId} /> }}
      />
    </p>
  )
}

export function RunLink({ id }: { readonly id: number }) {
  return (
    <a href={runHref(id)}>
      <FormattedMessage {...messages.run} values={{ id }} />
    </a>
  )
}
