import type { WhyAccount } from '@rollcall/contract/api/why'
import { FormattedMessage, type MessageDescriptor } from 'react-intl'
import { RelativeTime } from '../../../components/relative-time.tsx'
import { messages } from '../messages.ts'
import styles from './answer.module.css'
import { RunLink } from './told.tsx'

interface Props {
  readonly message: MessageDescriptor
  readonly provenance: NonNullable<WhyAccount['claim']>
}

/** How it became ours to take back, and when. */
export function Provenance({ message, provenance }: Props) {
  const { how, since, change } = provenance
  return (
    <p className={styles.subtle}>
      <FormattedMessage {...message} values={{ how, time: <RelativeTime at={since} /> }} />{' '}
      {change && <FormattedMessage {...messages.byRun} values={{ run: <RunLink id={change.runId} /> }} />}
    </p>
  )
}
