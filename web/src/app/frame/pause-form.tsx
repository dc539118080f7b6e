import Button from '@atlaskit/button/new'
import ModalBody from '@atlaskit/modal-dialog/modal-body'
import ModalFooter from '@atlaskit/modal-dialog/modal-footer'
import ModalHeader from '@atlaskit/modal-dialog/modal-header'
import ModalTitle from '@atlaskit/modal-dialog/modal-title'
import type { FormEvent } from 'react'
import { useIntl } from 'react-intl'
import { ProblemMessage } from '../../components/problem-message.tsx'
import { messages } from '../messages.ts'
import { usePause } from './pauses.ts'

/** What a pause does, before it is done. */
export function PauseForm({ onClose }: { readonly onClose: () => void }) {
  const intl = useIntl()
  const pause = usePause()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    pause.mutate({ everything: true }, { onSuccess: onClose })
  }
  return (
    <form onSubmit={submit}>
      <ModalHeader hasCloseButton>
        <ModalTitle>{intl.formatMessage(messages.pauseTitle)}</ModalTitle>
      </ModalHeader>
      <ModalBody>
        {pause.isError && <ProblemMessage error={pause.error} />}
        <p>{intl.formatMessage(messages.pauseText)}</p>
      </ModalBody>
      <ModalFooter>
        <Button appearance="subtle" onClick={onClose}>
          {intl.formatMessage(messages.pauseNot)}
        </Button>
        <Button type="submit" appearance="warning" isLoading={pause.isPending}>
          {intl.formatMessage(messages.pauseEverything)}
        </Button>
      </ModalFooter>
    </form>
  )
}
