import CheckCircleIcon from '@atlaskit/icon/core/check-circle'
import CrossCircleIcon from '@atlaskit/icon/core/cross-circle'
import type { CheckReport } from '@rollcall/contract/api/connections'
import { useIntl } from 'react-intl'
import { MarkedText } from '../../../components/marked-text.tsx'
import { errorHref } from '../../../routing/route.ts'
import { messages } from '../messages.ts'
import styles from './check-step.module.css'

interface Props {
  readonly step: CheckReport['steps'][number]
}

export function CheckStep({ step }: Props) {
  const intl = useIntl()
  return (
    <li className={styles.step}>
      {step.ok ? (
        <span className={styles.passed}>
          <CheckCircleIcon label={intl.formatMessage(messages.stepPassed)} color="currentColor" />
        </span>
      ) : (
        <span className={styles.failed}>
          <CrossCircleIcon label={intl.formatMessage(messages.stepFailed)} color="currentColor" />
        </span>
      )}
      <div className={styles.text}>
        <strong>{step.step}</strong>
        <p>{step.detail}</p>
        {step.problem && (
          <p>
            <MarkedText text={step.problem.remedy} /> <a href={errorHref(step.problem.code)}>{step.problem.code}</a>
          </p>
        )}
      </div>
    </li>
  )
}
