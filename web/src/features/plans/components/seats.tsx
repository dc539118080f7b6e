import SectionMessage from '@atlaskit/section-message/section-message'
import type { PlanView } from '@rollcall/contract/api/plans'
import { useIntl } from 'react-intl'
import { messages } from '../messages.ts'
import styles from './held-message.module.css'

/** Said before a plan is applied: it takes more seats of a licence than there are. */
export function Seats({ plan: { seats, applicable } }: { readonly plan: PlanView }) {
  const intl = useIntl()
  const short = seats.filter((one) => one.short)
  if (!applicable || short.length === 0) return null
  return (
    <SectionMessage appearance="warning" title={intl.formatMessage(messages.seatsShort)} headingLevel="h2">
      <p>{intl.formatMessage(messages.seatsShortText)}</p>
      <ul className={styles.causes}>
        {short.map(({ application, text }) => (
          <li key={application}>{text}</li>
        ))}
      </ul>
    </SectionMessage>
  )
}
