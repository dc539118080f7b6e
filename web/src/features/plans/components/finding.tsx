import Lozenge from '@atlaskit/lozenge'
import type { FindingView } from '@rollcall/contract/api/plans'
import { FormattedMessage, useIntl } from 'react-intl'
import { MarkedText } from '../../../components/marked-text.tsx'
import { RelativeTime } from '../../../components/relative-time.tsx'
import { findingName } from '../finding-name.ts'
import { messages } from '../messages.ts'
import styles from './finding.module.css'

export function Finding({ finding }: { readonly finding: FindingView }) {
  const intl = useIntl()
  return (
    <article className={styles.finding}>
      <div className={styles.head}>
        <strong className={styles.subject}>{finding.subject}</strong>
        <Lozenge appearance="moved">{findingName(intl, finding.code)}</Lozenge>
        <span className={styles.since}>
          <FormattedMessage {...messages.since} values={{ time: <RelativeTime at={finding.since} /> }} />
        </span>
      </div>
      <p>
        <MarkedText text={finding.message} />
      </p>
      <p className={styles.remedy}>
        <MarkedText text={finding.remedy} />
      </p>
    </article>
  )
}
