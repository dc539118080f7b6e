import SectionMessage from '@atlaskit/section-message/section-message'
import type { PlanView } from '@rollcall/contract/api/plans'
import { useIntl } from 'react-intl'
import { messages } from '../messages.ts'
import styles from './held-message.module.css'

/** Why a plan waits, and what has changed while it waited. */
export function HeldMessage({ plan }: { readonly plan: PlanView }) {
  const intl = useIntl()
  const { status, causes, difference } = plan
  if (status === 'replaced') {
    return (
      <SectionMessage>
        <p>{intl.formatMessage(messages.replacedHint)}</p>
      </SectionMessage>
    )
  }
  if (status !== 'held') return null
  return (
    <SectionMessage appearance="warning" title={intl.formatMessage(messages.heldTitle)} headingLevel="h2">
      <ul className={styles.causes}>
        {causes.map((cause) => (
          <li key={`${cause.code} ${cause.message}`}>{cause.message}</li>
        ))}
      </ul>
      {difference && <p>{intl.formatMessage(messages.difference, difference)}</p>}
    </SectionMessage>
  )
}
