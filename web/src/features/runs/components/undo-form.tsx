import Button from '@atlaskit/button/new'
import ModalBody from '@atlaskit/modal-dialog/modal-body'
import ModalFooter from '@atlaskit/modal-dialog/modal-footer'
import ModalHeader from '@atlaskit/modal-dialog/modal-header'
import ModalTitle from '@atlaskit/modal-dialog/modal-title'
import type { FormEvent } from 'react'
import { useIntl } from 'react-intl'
import { ProblemMessage } from '../../../components/problem-message.tsx'
import { navigate } from '../../../routing/use-route.ts'
import { useUndoRun } from '../api/undo-run.ts'
import { messages } from '../messages.ts'
import { reviewHref } from '../undo-words.ts'
import styles from './undo-form.module.css'

interface Props {
  readonly runId: number
  readonly onClose: () => void
}

/** What an undo is, and that nothing is changed yet; it leads to the plan. */
export function UndoForm({ runId, onClose }: Props) {
  const intl = useIntl()
  const undo = useUndoRun(runId)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    undo.mutate({ deleteCreated: false }, { onSuccess: (run) => navigate(reviewHref(run)) })
  }
  return (
    <form onSubmit={submit}>
      <ModalHeader hasCloseButton>
        <ModalTitle>{intl.formatMessage(messages.undoTitle, { id: runId })}</ModalTitle>
      </ModalHeader>
      <ModalBody>
        <div className={styles.body}>
          {undo.isError && <ProblemMessage error={undo.error} />}
          <p>{intl.formatMessage(messages.undoText)}</p>
          <p>{intl.formatMessage(messages.undoVetoes)}</p>
        </div>
      </ModalBody>
      <ModalFooter>
        <Button appearance="subtle" onClick={onClose}>
          {intl.formatMessage(messages.undoNot)}
        </Button>
        <Button type="submit" appearance="primary" isLoading={undo.isPending}>
          {intl.formatMessage(messages.undoPlan)}
        </Button>
      </ModalFooter>
    </form>
  )
}
