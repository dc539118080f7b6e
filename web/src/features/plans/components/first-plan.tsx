import SectionMessage from '@atlaskit/section-message/section-message'
import type { PlanView } from '@rollcall/contract/api/plans'
import { FormattedNumber, useIntl } from 'react-intl'
import { Card } from '../../../components/card.tsx'
import { messages } from '../messages.ts'
import styles from './first-plan.module.css'

const parts = [
  { key: 'adopt', text: 'adoptText' },
  { key: 'create', text: 'createText' },
  { key: 'leaveAlone', text: 'leaveAloneText' },
  { key: 'conflict', text: 'conflictText' },
] as const

/** What the first look at a product found: what would become ours, and what stays untouched. */
export function FirstPlan({ plan }: { readonly plan: PlanView }) {
  const intl = useIntl()
  const { first, summary } = plan
  if (!first || !summary) return null
  const names = { target: plan.target.name, connection: plan.connection.name }
  return (
    <Card
      title={intl.formatMessage(messages.firstTitle, names)}
      {...(plan.applicable && { subtitle: intl.formatMessage(messages.firstText, names) })}
    >
      {summary.accountsNotWritable && (
        <SectionMessage appearance="warning" title={intl.formatMessage(messages.accountsNotWritable, names)}>
          <p>{summary.accountsNotWritable}</p>
        </SectionMessage>
      )}
      <dl className={styles.parts}>
        {parts.map(({ key, text }) => (
          <div key={key} className={styles.part}>
            <dt className={styles.term}>{intl.formatMessage(messages[key])}</dt>
            <dd className={styles.number}>
              <FormattedNumber value={summary[key]} />
            </dd>
            <dd className={styles.text}>{intl.formatMessage(messages[text], names)}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
