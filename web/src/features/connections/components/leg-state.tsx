import { LinkButton } from '@atlaskit/button/new'
import type { ConnectionLegView } from '@rollcall/contract/api/connections'
import { FormattedMessage, useIntl } from 'react-intl'
import { RelativeTime } from '../../../components/relative-time.tsx'
import { planHref } from '../../../routing/route.ts'
import { messages } from '../messages.ts'
import styles from './leg-state.module.css'

/** What waits for a person there, with the way to it. */
export function LegState({ leg }: { readonly leg: ConnectionLegView }) {
  const { hold, openPlan, quarantinedUntil } = leg
  return (
    <div className={styles.states}>
      {quarantinedUntil !== undefined && (
        <span>
          <FormattedMessage {...messages.inQuarantine} values={{ until: <RelativeTime at={quarantinedUntil} /> }} />
        </span>
      )}
      {hold && <Waiting planId={hold.planId} since={hold.since} message={hold.first ? 'firstHeld' : 'planHeld'} />}
      {!hold && openPlan && <Waiting planId={openPlan.planId} since={openPlan.since} message="openPlan" />}
      {!hold && !openPlan && quarantinedUntil === undefined && (
        <span className={styles.calm}>
          <FormattedMessage {...messages.upToDate} />
        </span>
      )}
    </div>
  )
}

interface WaitingProps {
  readonly planId: number
  readonly since: number
  readonly message: 'firstHeld' | 'planHeld' | 'openPlan'
}

function Waiting({ planId, since, message }: WaitingProps) {
  const intl = useIntl()
  return (
    <span className={styles.waiting}>
      <span>
        <FormattedMessage {...messages[message]} values={{ since: <RelativeTime at={since} /> }} />
      </span>
      <LinkButton href={planHref(planId)} spacing="compact" appearance={message === 'openPlan' ? 'default' : 'warning'}>
        {intl.formatMessage(messages.review, { id: planId })}
      </LinkButton>
    </span>
  )
}
