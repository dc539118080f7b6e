import type { OperationView } from '@rollcall/contract/api/plans'
import { useIntl } from 'react-intl'
import { errorHref } from '../../../routing/route.ts'
import { heldByText } from '../held-by-text.ts'
import { messages } from '../messages.ts'
import styles from './section.module.css'

/** What holds a change back, or what became of it. */
export function OperationFate({ operation }: { readonly operation: OperationView }) {
  const intl = useIntl()
  const { heldBy, outcome, group, lost } = operation
  return (
    <>
      {group && (
        <section className={styles.section}>
          <h3 className={styles.heading}>{intl.formatMessage(messages.group)}</h3>
          <p>{group}</p>
        </section>
      )}
      {heldBy && (
        <section className={styles.section}>
          <h3 className={styles.heading}>{intl.formatMessage(messages.heldBy)}</h3>
          <p>{heldByText(intl, heldBy)}</p>
        </section>
      )}
      {lost && (
        <section className={styles.section}>
          <h3 className={styles.heading}>{intl.formatMessage(messages.irreversibleTitle)}</h3>
          <p>{lost}</p>
        </section>
      )}
      {outcome && (
        <section className={styles.section}>
          <h3 className={styles.heading}>{intl.formatMessage(messages.outcome)}</h3>
          <p>
            {outcome.message} <a href={errorHref(outcome.code)}>{outcome.code}</a>
          </p>
        </section>
      )}
    </>
  )
}
