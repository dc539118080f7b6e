import type { RunProgress, RunView } from '@rollcall/contract/api/runs'
import { FormattedMessage } from 'react-intl'
import { useRunProgress } from '../../../api/run-progress.ts'
import { RunProgressBar } from '../../../components/run-progress-bar.tsx'
import { runHref } from '../../../routing/route.ts'
import { messages } from '../messages.ts'
import styles from './current-run.module.css'

/** What a connection does at this moment. */
export function CurrentRun({ run }: { readonly run: RunView }) {
  const progress = useRunProgress(run.id).data?.latest ?? progressOf(run)
  return (
    <div className={styles.run}>
      <RunProgressBar progress={progress} />
      <a href={runHref(run.id)}>
        <FormattedMessage {...messages.followRun} values={{ id: run.id }} />
      </a>
    </div>
  )
}

/** As much as the run itself says, until its progress has been asked for. */
const progressOf = ({ id, connection, state, phase }: RunView): RunProgress => ({
  runId: id,
  connection: connection.slug,
  state,
  ...(phase && { phase }),
  done: 0,
})
