import Button from '@atlaskit/button/new'
import ModalDialog from '@atlaskit/modal-dialog/modal-dialog'
import ModalTransition from '@atlaskit/modal-dialog/modal-transition'
import { useState } from 'react'
import { FormattedMessage } from 'react-intl'
import { messages } from '../messages.ts'
import { PauseForm } from './pause-form.tsx'

/** Stop: at the top of every page, behind one question. */
export function PauseButton() {
  const [isOpen, setOpen] = useState(false)
  const close = () => setOpen(false)
  return (
    <>
      <Button spacing="compact" onClick={() => setOpen(true)}>
        <FormattedMessage {...messages.pauseEverything} />
      </Button>
      <ModalTransition>
        {isOpen && (
          <ModalDialog onClose={close}>
            <PauseForm onClose={close} />
          </ModalDialog>
        )}
      </ModalTransition>
    </>
  )
}
