import Button, { IconButton } from '@atlaskit/button/new'
import CrossIcon from '@atlaskit/icon/core/cross'
import type { OperationView } from '@rollcall/contract/api/plans'
import { useIntl } from 'react-intl'
import { whyHref } from '../../../routing/route.ts'
import { messages } from '../messages.ts'
import { isAboutGroup, isKnownKind } from '../operation-kinds.ts'
import { BeforeAfter } from './before-after.tsx'
import { DirectionSign } from './direction-sign.tsx'
import styles from './operation-details.module.css'
import { OperationFate } from './operation-fate.tsx'
import { OperationLozenge } from './operation-lozenge.tsx'
import { OperationWay } from './operation-way.tsx'
import { Reasons } from './reasons.tsx'

interface Props {
  readonly operation: OperationView
  readonly onClose: () => void
  /** Shows everything about the same person or group. */
  readonly onSubject?: (subject: string) => void
}

/** One change in full: before and after, why, and what became of it. */
export function OperationDetails({ operation, onClose, onSubject }: Props) {
  const intl = useIntl()
  const { kind, subject, description, status } = operation
  return (
    <aside className={styles.details} aria-label={intl.formatMessage(messages.details)} aria-live="polite">
      <header className={styles.header}>
        <span className={styles.kind}>
          <DirectionSign kind={kind} />
          {isKnownKind(kind) ? intl.formatMessage(messages[kind]) : kind}
        </span>
        <OperationLozenge status={status} />
        <span className={styles.close}>
          <IconButton
            icon={CrossIcon}
            label={intl.formatMessage(messages.closeDetails)}
            appearance="subtle"
            spacing="compact"
            onClick={onClose}
          />
        </span>
      </header>
      <h2 className={styles.title}>{description}</h2>
      <Reasons reasons={operation.reasons} />
      <BeforeAfter before={operation.before} after={operation.after} />
      <OperationWay operation={operation} />
      <OperationFate operation={operation} />
      {!isAboutGroup(kind) && <a href={whyHref(subject)}>{intl.formatMessage(messages.askWhy, { subject })}</a>}
      {onSubject && (
        <div>
          <Button spacing="compact" onClick={() => onSubject(subject)}>
            {intl.formatMessage(messages.onlySubject, { subject })}
          </Button>
        </div>
      )}
    </aside>
  )
}
