import Button from '@atlaskit/button/new'
import Spinner from '@atlaskit/spinner/spinner'
import { FormattedMessage, useIntl } from 'react-intl'
import { ProblemMessage } from '../../../components/problem-message.tsx'
import { useCheckConnection } from '../api/check-connection.ts'
import { messages } from '../messages.ts'
import { CheckStep } from './check-step.tsx'
import styles from './check-steps.module.css'

export function CheckSteps({ slug }: { readonly slug: string }) {
  const intl = useIntl()
  const check = useCheckConnection(slug)
  const again = () => void check.refetch()
  return (
    <div className={styles.report} role="status">
      {check.isFetching && (
        <p className={styles.busy}>
          <Spinner size="small" label="" />
          <FormattedMessage {...messages.checking} />
        </p>
      )}
      {!check.isFetching && check.isError && <ProblemMessage error={check.error} onRetry={again} />}
      {!check.isFetching && check.data && (
        <>
          <p>{intl.formatMessage(check.data.ok ? messages.checkPassed : messages.checkFailed)}</p>
          <ol className={styles.steps}>
            {check.data.steps.map((step) => (
              <CheckStep key={step.step} step={step} />
            ))}
          </ol>
          <div>
            <Button onClick={again}>{intl.formatMessage(messages.again)}</Button>
          </div>
        </>
      )}
    </div>
  )
}
