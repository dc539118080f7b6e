import type { RunView } from '@rollcall/contract/api/runs'
import { useIntl } from 'react-intl'
import { useRunProgress } from '../../../api/run-progress.ts'
import { Card } from '../../../components/card.tsx'
import { ProblemMessage } from '../../../components/problem-message.tsx'
import { RunProgressBar } from '../../../components/run-progress-bar.tsx'
import { messages } from '../messages.ts'

/** Where the run stands: one bar for what is common, one for each target that has begun. */
export function LiveRun({ run }: { readonly run: RunView }) {
  const intl = useIntl()
  const { data, isError, error } = useRunProgress(run.id)
  const targets = run.legs.flatMap(({ target }) => {
    const progress = data?.byTarget[target.slug]
    return progress ? [{ ...target, progress }] : []
  })
  const fallback = { runId: run.id, connection: run.connection.slug, state: run.state, done: 0 }
  return (
    <Card title={intl.formatMessage(messages.phase)}>
      {isError && <ProblemMessage error={error} />}
      {(targets.length === 0 || !data?.latest.target) && <RunProgressBar progress={data?.latest ?? fallback} />}
      {targets.map(({ slug, name, progress }) => (
        <RunProgressBar key={slug} progress={progress} label={name} />
      ))}
    </Card>
  )
}
