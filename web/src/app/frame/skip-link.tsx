import { FormattedMessage } from 'react-intl'
import { messages } from '../messages.ts'
import styles from './skip-link.module.css'

/** The first stop of the Tab key. A button, since addresses behind `#` belong to the pages. */
export function SkipLink() {
  return (
    <button type="button" className={styles.skip} onClick={() => document.getElementById('content')?.focus()}>
      <FormattedMessage {...messages.skipToContent} />
    </button>
  )
}
