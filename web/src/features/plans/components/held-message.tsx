import Button from '@atlaskit/button/new'
import SectionMessage from '@atlaskit/section-message/section-message'
import type { HoldCause, PlanView } from '@rollcall/contract/api/plans'
import { useState } from 'react'
import { useIntl } from 'react-intl'
import { messages } from '../messages.ts'
import styles from './held-message.module.css'

/** Why a plan waits, and what has changed while it waited. */
export function HeldMessage({ plan }: { readonly plan: PlanView }) {
  const intl = useIntl()
  const { status, causes, difference } = plan
  if (status === 'replaced') {
    return (
      <SectionMessage>
        <p>{intl.formatMessage(messages.replacedHint)}</p>
      </SectionMessage>
    )
  }
  if (status !== 'held') return null
  return (
    <SectionMessage appearance="warning" title={intl.formatMessage(messages.heldTitle)} headingLevel="h2">
      <Causes causes={causes} />
      {difference && <p>{intl.formatMessage(messages.difference, difference)}</p>}
    </SectionMessage>
  )
}

/** A plan that takes a third of the company away has a cause for each of its groups: the first ones say enough. */
const shownAtFirst = 6

function Causes({ causes }: { readonly causes: readonly HoldCause[] }) {
  const intl = useIntl()
  const [showsAll, setShowsAll] = useState(false)
  const more = causes.length - shownAtFirst
  const shown = showsAll || more <= 1 ? causes : causes.slice(0, shownAtFirst)
  return (
    <div className={styles.causes}>
      <ul className={styles.list}>
        {shown.map((cause) => (
          <li key={`${cause.code} ${cause.message}`}>{cause.message}</li>
        ))}
      </ul>
      {shown.length < causes.length && (
        <div>
          <Button appearance="subtle" spacing="compact" onClick={() => setShowsAll(true)}>
            {intl.formatMessage(messages.moreCauses, { count: more })}
          </Button>
        </div>
      )}
    </div>
  )
}
