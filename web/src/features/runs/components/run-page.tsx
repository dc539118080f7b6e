import type { LegView, RunView } from '@rollcall/contract/api/runs'
import type { ReactNode } from 'react'
import { Loaded } from '../../../components/loaded.tsx'
import { ProblemMessage } from '../../../components/problem-message.tsx'
import { useRun } from '../api/run.ts'
import { Leg } from './leg.tsx'
import { LiveRun } from './live-run.tsx'
import { ReadingCard } from './reading-card.tsx'
import { RunHeader } from './run-header.tsx'

interface Props {
  readonly id: number
  /** Lists the operations of a plan that did not end as planned. */
  readonly exceptions: (planId: number) => ReactNode
}

export function RunPage({ id, exceptions }: Props) {
  return <Loaded query={useRun(id)}>{(run) => <Run run={run} exceptions={exceptions} />}</Loaded>
}

/** What a run does or did: live while it goes, then the outcome of each target. */
function Run({ run, exceptions }: { readonly run: RunView } & Pick<Props, 'exceptions'>) {
  return (
    <>
      <RunHeader run={run} />
      {run.problem && <ProblemMessage error={run.problem} />}
      {run.state !== 'finished' && <LiveRun run={run} />}
      {run.legs.filter(hasBegun).map((leg) => (
        <Leg key={leg.target.slug} leg={leg} isFinished={run.state === 'finished'} exceptions={exceptions} />
      ))}
      {run.reading && <ReadingCard reading={run.reading} />}
    </>
  )
}

/** A target about which there is nothing to say yet is only in the progress. */
const hasBegun = ({ planId, outcome, problem }: LegView) => (planId ?? outcome ?? problem) !== undefined
