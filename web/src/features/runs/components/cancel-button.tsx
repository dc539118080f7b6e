import Button from '@atlaskit/button/new'
import { FormattedMessage } from 'react-intl'
import { ProblemMessage } from '../../../components/problem-message.tsx'
import { useCancelRun } from '../api/cancel-run.ts'
import { messages } from '../messages.ts'
import styles from './cancel-button.module.css'

export function CancelButton({ runId }: { readonly runId: number }) {
  const cancel = useCancelRun(runId)
  return (
    <div className={styles.cancel}>
      <Button isLoading={cancel.isPending} isDisabled={cancel.isSuccess} onClick={() => cancel.mutate()}>
        <FormattedMessage {...messages.cancel} />
      </Button>
      <span role="status" className={styles.note}>
        {cancel.isSuccess && <FormattedMessage {...messages.cancelling} />}
      </span>
      {cancel.isError && <ProblemMessage error={cancel.error} />}
    </div>
  )
}
