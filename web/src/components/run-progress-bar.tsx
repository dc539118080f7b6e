import ProgressBar from '@atlaskit/progress-bar'
import type { RunProgress } from '@rollcall/contract/api/runs'
import { useIntl } from 'react-intl'
import { formatDuration } from '../intl/duration.ts'
import { messages } from './messages.ts'
import { ProgressAnnouncement } from './progress-announcement.tsx'
import styles from './run-progress-bar.module.css'

interface Props {
  readonly progress: RunProgress
  /** What the bar is about, when there are several. */
  readonly label?: string
}

/** Phase, bar, how much of how much, rate and remaining time of a run or of one of its targets. */
export function RunProgressBar({ progress, label }: Props) {
  const intl = useIntl()
  const { done, total, perSecond, remainingMs } = progress
  const phase = intl.formatMessage(messages[phaseOf(progress)])
  const facts = [
    total === undefined
      ? done > 0 && intl.formatMessage(messages.doneSoFar, { done })
      : intl.formatMessage(messages.doneOfTotal, { done, total }),
    perSecond !== undefined && perSecond > 0 && intl.formatMessage(messages.rate, { rate: readable(perSecond) }),
    remainingMs !== undefined &&
      intl.formatMessage(messages.remaining, { duration: formatDuration(intl, remainingMs) }),
  ].filter((fact) => typeof fact === 'string')
  const share = total ? Math.min(1, done / total) : 0
  return (
    <div className={styles.progress}>
      <div className={styles.text}>
        <span className={styles.phase}>{label ? `${label}: ${phase}` : phase}</span>
        <span className={styles.facts}>{facts.join(' · ')}</span>
      </div>
      <ProgressBar value={share} isIndeterminate={!total && progress.state !== 'finished'} ariaLabel={phase} />
      <ProgressAnnouncement phase={phase} percent={total ? share : undefined} />
    </div>
  )
}

/** A rate without digits that nobody reads. */
const readable = (rate: number) => (rate < 10 ? Math.round(rate * 10) / 10 : Math.round(rate))

function phaseOf({
  state,
  phase,
}: RunProgress): 'queued' | 'starting' | 'finished' | NonNullable<RunProgress['phase']> {
  if (state !== 'running') return state
  return phase ?? 'starting'
}
