import type { RunView } from '@rollcall/contract/api/runs'
import { useIntl } from 'react-intl'
import { RelativeTime } from '../../../components/relative-time.tsx'
import { ResponsiveTable } from '../../../components/responsive-table.tsx'
import { RunLozenge } from '../../../components/run-lozenge.tsx'
import { formatDuration } from '../../../intl/duration.ts'
import { useNow } from '../../../intl/use-now.ts'
import { runHref } from '../../../routing/route.ts'
import { messages } from '../messages.ts'
import { durationOf, triggerText } from '../run-words.ts'
import { RunChanges } from './run-changes.tsx'

export function RunTable({ runs }: { readonly runs: readonly RunView[] }) {
  const intl = useIntl()
  const now = useNow()
  const cellsOf = (run: RunView) => {
    const duration = durationOf(run, now)
    return {
      run: <a href={runHref(run.id)}>{intl.formatMessage(messages.title, { id: run.id })}</a>,
      outcome: <RunLozenge run={run} />,
      connection: run.connection.name,
      what: intl.formatMessage(messages[`mode_${run.mode}`]),
      why: triggerText(intl, run),
      started: <RelativeTime at={run.startedAt ?? run.queuedAt} />,
      duration: duration === undefined ? '' : formatDuration(intl, duration),
      changes: <RunChanges run={run} />,
    }
  }
  return (
    <ResponsiveTable
      caption={intl.formatMessage(messages.history)}
      columns={[
        { key: 'run', header: intl.formatMessage(messages.run), isRowHeader: true },
        { key: 'outcome', header: intl.formatMessage(messages.outcome) },
        { key: 'connection', header: intl.formatMessage(messages.connection) },
        { key: 'what', header: intl.formatMessage(messages.what) },
        { key: 'why', header: intl.formatMessage(messages.why) },
        { key: 'started', header: intl.formatMessage(messages.started) },
        { key: 'duration', header: intl.formatMessage(messages.duration), isNumber: true },
        { key: 'changes', header: intl.formatMessage(messages.changes), isNumber: true },
      ]}
      rows={runs.map((run) => ({ key: run.id, cells: cellsOf(run) }))}
    />
  )
}
