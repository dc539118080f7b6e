import type { PlanView } from '@rollcall/contract/api/plans'
import { FormattedMessage, useIntl } from 'react-intl'
import { PageHeader } from '../../../components/page-header.tsx'
import { RelativeTime } from '../../../components/relative-time.tsx'
import { runHref } from '../../../routing/route.ts'
import { messages } from '../messages.ts'
import { ApplyButton } from './apply-button.tsx'
import styles from './plan-header.module.css'
import { PlanLozenge } from './plan-lozenge.tsx'

export function PlanHeader({ plan }: { readonly plan: PlanView }) {
  const intl = useIntl()
  const { id, connection, target, status, asOf, subjects, runId } = plan
  return (
    <PageHeader
      title={intl.formatMessage(messages.title, { id })}
      mark={<PlanLozenge status={status} />}
      actions={plan.applicable && plan.hash !== undefined ? <ApplyButton plan={plan} hash={plan.hash} /> : undefined}
      subtitle={
        <ul className={styles.facts}>
          <li className={styles.of}>
            {intl.formatMessage(messages.of, { connection: connection.name, target: target.name })}
          </li>
          <li>
            <FormattedMessage {...messages.asOf} values={{ time: <RelativeTime at={asOf} /> }} />
          </li>
          <li>{intl.formatMessage(messages.subjects, { count: subjects })}</li>
          {plan.seats.map((seats) => (
            <li key={seats.application}>{intl.formatMessage(messages.seats, seats)}</li>
          ))}
          <li>
            <a href={runHref(runId)}>{intl.formatMessage(messages.madeBy, { id: runId })}</a>
          </li>
          <AppliedBy plan={plan} />
        </ul>
      }
    />
  )
}

function AppliedBy({ plan }: { readonly plan: PlanView }) {
  if (plan.appliedAt === undefined) return null
  const time = <RelativeTime at={plan.appliedAt} />
  return (
    <li>
      {plan.appliedBy ? (
        <FormattedMessage {...messages.appliedBy} values={{ name: plan.appliedBy, time }} />
      ) : (
        <FormattedMessage {...messages.appliedByRule} values={{ time }} />
      )}
    </li>
  )
}
