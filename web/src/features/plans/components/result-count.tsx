import { FormattedMessage } from 'react-intl'
import { messages } from '../messages.ts'
import styles from './result-count.module.css'

/** How many changes match, and how many of them have been fetched. */
export function ResultCount({ total, loaded }: { readonly total: number; readonly loaded: number }) {
  return (
    <p className={styles.count}>
      <span role="status">
        <FormattedMessage {...messages.matches} values={{ total }} />
      </span>
      {loaded < total && (
        <span className={styles.loaded}>
          <FormattedMessage {...messages.matchesLoaded} values={{ total, loaded }} />
        </span>
      )}
    </p>
  )
}
