import type { ConnectionView } from '@rollcall/contract/api/connections'
import type { ReactNode } from 'react'
import { useIntl } from 'react-intl'
import { Card } from '../../../components/card.tsx'
import { ProblemMessage } from '../../../components/problem-message.tsx'
import { useStartRun } from '../api/start-run.ts'
import { stateOf } from '../connection-state.ts'
import { managedByText } from '../managed-by-text.ts'
import { ConnectionActions } from './connection-actions.tsx'
import { ConnectionFacts } from './connection-facts.tsx'
import { CurrentRun } from './current-run.tsx'
import { LegTable } from './leg-table.tsx'
import { StateLozenge } from './state-lozenge.tsx'

interface Props {
  readonly connection: ConnectionView
  /** What is to be entered at its provider, where that pushes. */
  readonly access?: ReactNode
}

/** One configured identity provider: how it stands, what it does now, and what can be done with it. */
export function ConnectionCard({ connection, access }: Props) {
  const intl = useIntl()
  const start = useStartRun(connection.slug)
  const { name, providerLabel, managedBy, currentRun, lastRun } = connection
  const failure = !currentRun && lastRun?.problem
  return (
    <Card
      title={name}
      mark={<StateLozenge state={stateOf(connection)} />}
      subtitle={`${providerLabel} · ${managedByText(intl, managedBy)}`}
      actions={<ConnectionActions connection={connection} start={start} />}
    >
      {start.isError && <ProblemMessage error={start.error} />}
      {currentRun && <CurrentRun run={currentRun} />}
      {failure && <ProblemMessage error={failure} />}
      <ConnectionFacts connection={connection} />
      {access}
      <LegTable connection={connection} />
    </Card>
  )
}
