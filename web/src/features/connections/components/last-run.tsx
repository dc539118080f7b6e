import type { RunView } from '@rollcall/contract/api/runs'
import { FormattedMessage } from 'react-intl'
import { RelativeTime } from '../../../components/relative-time.tsx'
import { RunLozenge } from '../../../components/run-lozenge.tsx'
import { runHref } from '../../../routing/route.ts'
import { messages } from '../messages.ts'
import styles from './last-run.module.css'

export function LastRun({ run }: { readonly run: RunView }) {
  return (
    <span className={styles.run}>
      <RunLozenge run={run} />
      <a href={runHref(run.id)}>
        <FormattedMessage {...messages.runNumber} values={{ id: run.id }} />
      </a>
      <RelativeTime at={run.finishedAt ?? run.startedAt ?? run.queuedAt} />
    </span>
  )
}
