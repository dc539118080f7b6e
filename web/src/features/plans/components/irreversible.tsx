import SectionMessage from '@atlaskit/section-message/section-message'
import type { PlanView } from '@rollcall/contract/api/plans'
import { useIntl } from 'react-intl'
import { messages } from '../messages.ts'
import { isKnownKind } from '../operation-kinds.ts'
import styles from './held-message.module.css'

/** Said before a plan is applied: what an undo of it would not bring back. */
export function Irreversible({ plan: { irreversible, applicable } }: { readonly plan: PlanView }) {
  const intl = useIntl()
  if (!applicable || irreversible.length === 0) return null
  return (
    <SectionMessage title={intl.formatMessage(messages.irreversibleTitle)} headingLevel="h2">
      <ul className={styles.causes}>
        {irreversible.map(({ kind, count, lost }) => (
          <li key={kind}>
            {intl.formatMessage(messages.irreversible, {
              count,
              kind: isKnownKind(kind) ? intl.formatMessage(messages[kind]) : kind,
              lost,
            })}
          </li>
        ))}
      </ul>
    </SectionMessage>
  )
}
