import { useIntl } from 'react-intl'
import { messages } from '../messages.ts'
import styles from './section.module.css'

export function Reasons({ reasons }: { readonly reasons: readonly string[] }) {
  const intl = useIntl()
  return (
    <section className={styles.section}>
      <h3 className={styles.heading}>{intl.formatMessage(messages.why)}</h3>
      {reasons.length === 0 ? (
        <p>{intl.formatMessage(messages.noReason)}</p>
      ) : (
        <ul className={styles.list}>
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
    </section>
  )
}
