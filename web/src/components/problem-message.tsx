import SectionMessage from '@atlaskit/section-message/section-message'
import SectionMessageAction from '@atlaskit/section-message/section-message-action'
import type { ProblemView } from '@rollcall/contract/api/problem'
import { useIntl } from 'react-intl'
import { problemOf } from '../api/problem-error.ts'
import { errorHref } from '../routing/route.ts'
import { MarkedText } from './marked-text.tsx'
import { messages } from './messages.ts'
import styles from './problem-message.module.css'

interface Props {
  /** What was thrown, or the problem itself. */
  readonly error: unknown
  readonly onRetry?: () => void
}

const isView = (error: unknown): error is ProblemView =>
  typeof error === 'object' && error !== null && !(error instanceof Error) && 'code' in error && 'remedy' in error

/** What happened, what to do, the code, and where the code is explained. Text only: nothing of an answer is markup. */
export function ProblemMessage({ error, onRetry }: Props) {
  const intl = useIntl()
  const problem = isView(error) ? error : problemOf(error)
  const actions = [
    <SectionMessageAction key="documentation" href={documentationOf(problem)}>
      {intl.formatMessage(messages.whatThisMeans)}
    </SectionMessageAction>,
    ...(onRetry
      ? [
          <SectionMessageAction key="retry" onClick={onRetry}>
            {intl.formatMessage(messages.tryAgain)}
          </SectionMessageAction>,
        ]
      : []),
  ]
  return (
    <div role="alert">
      <SectionMessage appearance="error" title={problem.message} headingLevel="h2" actions={actions}>
        <p>
          <MarkedText text={problem.remedy} /> <code className={styles.code}>{problem.code}</code>
        </p>
      </SectionMessage>
    </div>
  )
}

/** An address of its own, or our page of the code. */
const documentationOf = ({ code, documentation }: ProblemView) =>
  documentation && /^https?:\/\//.test(documentation) ? documentation : errorHref(code)
