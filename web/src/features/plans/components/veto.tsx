import Button from '@atlaskit/button/new'
import type { VetoView } from '@rollcall/contract/api/vetoes'
import { FormattedMessage, useIntl } from 'react-intl'
import { RelativeTime } from '../../../components/relative-time.tsx'
import { runHref } from '../../../routing/route.ts'
import { messages } from '../messages.ts'
import { isKnownKind } from '../operation-kinds.ts'
import styles from './vetoes.module.css'

interface Props {
  readonly veto: VetoView
  readonly isLifting: boolean
  readonly onLift: () => void
}

export function Veto({ veto, isLifting, onLift }: Props) {
  const intl = useIntl()
  const { kind, description, by, runId, at } = veto
  const run = <a href={runHref(runId)}>{intl.formatMessage(messages.madeBy, { id: runId })}</a>
  const held = isKnownKind(kind) ? intl.formatMessage(messages[kind]) : kind
  return (
    <li className={styles.veto}>
      <div>
        <div>{description}</div>
        <div className={styles.origin}>
          <FormattedMessage {...messages.vetoOrigin} values={{ by, run, time: <RelativeTime at={at} />, held }} />
        </div>
      </div>
      <Button
        spacing="compact"
        isLoading={isLifting}
        aria-label={intl.formatMessage(messages.liftVeto, { description })}
        onClick={onLift}
      >
        {intl.formatMessage(messages.lift)}
      </Button>
    </li>
  )
}
