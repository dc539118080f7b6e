import Button from '@atlaskit/button/new'
import ModalDialog from '@atlaskit/modal-dialog/modal-dialog'
import ModalTransition from '@atlaskit/modal-dialog/modal-transition'
import { useState } from 'react'
import { FormattedMessage } from 'react-intl'
import { messages } from '../messages.ts'
import { UndoForm } from './undo-form.tsx'

/** Asks before an undo is planned; what it would do is shown before anything is changed. */
export function UndoButton({ runId }: { readonly runId: number }) {
  const [isOpen, setOpen] = useState(false)
  const close = () => setOpen(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <FormattedMessage {...messages.undo} />
      </Button>
      <ModalTransition>
        {isOpen && (
          <ModalDialog onClose={close}>
            <UndoForm runId={runId} onClose={close} />
          </ModalDialog>
        )}
      </ModalTransition>
    </>
  )
}
