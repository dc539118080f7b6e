import Spinner from '@atlaskit/spinner/spinner'
import { useIntl } from 'react-intl'
import styles from './loading.module.css'
import { messages } from './messages.ts'

/** Comes into sight only when an answer takes longer than a moment. */
export function Loading() {
  const label = useIntl().formatMessage(messages.loading)
  return (
    <div className={styles.loading}>
      <Spinner size="large" label={label} />
    </div>
  )
}
