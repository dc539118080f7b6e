import ModalDialog from '@atlaskit/modal-dialog/modal-dialog'
import ModalTransition from '@atlaskit/modal-dialog/modal-transition'
import type { ReactNode } from 'react'

interface Props {
  readonly isOpen: boolean
  /** What the dialog holds is lost when it closes: only its own button does that. */
  readonly isPrecious?: boolean
  readonly onClose: () => void
  readonly children: ReactNode
}

export function TokenDialog({ isOpen, isPrecious = false, onClose, children }: Props) {
  return (
    <ModalTransition>
      {isOpen && (
        <ModalDialog
          onClose={onClose}
          shouldScrollInViewport
          shouldCloseOnOverlayClick={!isPrecious}
          shouldCloseOnEscapePress={!isPrecious}
        >
          {children}
        </ModalDialog>
      )}
    </ModalTransition>
  )
}
