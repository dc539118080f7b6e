import type { RunView } from '@rollcall/contract/api/runs'
import { useIntl } from 'react-intl'
import { Facts } from '../../../components/facts.tsx'
import { PageHeader } from '../../../components/page-header.tsx'
import { RelativeTime } from '../../../components/relative-time.tsx'
import { RunLozenge } from '../../../components/run-lozenge.tsx'
import { formatDuration } from '../../../intl/duration.ts'
import { useNow } from '../../../intl/use-now.ts'
import { runHref, runsHref } from '../../../routing/route.ts'
import { messages } from '../messages.ts'
import { durationOf, triggerText } from '../run-words.ts'
import { isUndoable } from '../undo-words.ts'
import { CancelButton } from './cancel-button.tsx'
import { UndoButton } from './undo-button.tsx'

function actionsOf(run: RunView) {
  if (run.state !== 'finished') return <CancelButton runId={run.id} />
  return isUndoable(run) ? <UndoButton runId={run.id} /> : undefined
}

export function RunHeader({ run }: { readonly run: RunView }) {
  const intl = useIntl()
  const duration = durationOf(run, useNow(run.state === 'finished' ? undefined : 1_000))
  const facts = [
    {
      term: intl.formatMessage(messages.connection),
      value: <a href={runsHref(run.connection.slug)}>{run.connection.name}</a>,
    },
    { term: intl.formatMessage(messages.what), value: intl.formatMessage(messages[`mode_${run.mode}`]) },
    ...(run.undoes === undefined
      ? []
      : [
          {
            term: intl.formatMessage(messages.takesBack),
            value: <a href={runHref(run.undoes)}>{intl.formatMessage(messages.title, { id: run.undoes })}</a>,
          },
        ]),
    { term: intl.formatMessage(messages.why), value: triggerText(intl, run) },
    {
      term: intl.formatMessage(run.startedAt === undefined ? messages.queuedAt : messages.started),
      value: <RelativeTime at={run.startedAt ?? run.queuedAt} />,
    },
    ...(duration === undefined
      ? []
      : [{ term: intl.formatMessage(messages.duration), value: formatDuration(intl, duration) }]),
  ]
  return (
    <>
      <PageHeader
        title={intl.formatMessage(messages.title, { id: run.id })}
        mark={<RunLozenge run={run} />}
        actions={actionsOf(run)}
      />
      <Facts facts={facts} />
    </>
  )
}
