import type { OperationView } from '@rollcall/contract/api/plans'
import { useIntl } from 'react-intl'
import { messages } from '../messages.ts'
import styles from './section.module.css'

/** By which way a change reaches the product, where it is not simply its own API, and what is to be known of it. */
export function OperationWay({ operation: { way, note } }: { readonly operation: OperationView }) {
  const intl = useIntl()
  if (way === undefined) return null
  return (
    <section className={styles.section}>
      <h3 className={styles.heading}>{intl.formatMessage(messages.way)}</h3>
      <p>{intl.formatMessage(messages[`way_${way}`])}</p>
      {note && <p>{note}</p>}
    </section>
  )
}
