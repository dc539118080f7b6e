import Button from '@atlaskit/button/new'
import ModalBody from '@atlaskit/modal-dialog/modal-body'
import ModalDialog from '@atlaskit/modal-dialog/modal-dialog'
import ModalFooter from '@atlaskit/modal-dialog/modal-footer'
import ModalHeader from '@atlaskit/modal-dialog/modal-header'
import ModalTitle from '@atlaskit/modal-dialog/modal-title'
import ModalTransition from '@atlaskit/modal-dialog/modal-transition'
import type { ConnectionView } from '@rollcall/contract/api/connections'
import { FormattedMessage } from 'react-intl'
import { messages } from '../messages.ts'
import { CheckSteps } from './check-steps.tsx'

interface Props {
  readonly connection: ConnectionView
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** Tries a connection and says step by step what works. */
export function CheckDialog({ connection, isOpen, onClose }: Props) {
  return (
    <ModalTransition>
      {isOpen && (
        <ModalDialog onClose={onClose} shouldScrollInViewport>
          <ModalHeader hasCloseButton>
            <ModalTitle>
              <FormattedMessage {...messages.checkTitle} values={{ name: connection.name }} />
            </ModalTitle>
          </ModalHeader>
          <ModalBody>
            <CheckSteps slug={connection.slug} />
          </ModalBody>
          <ModalFooter>
            <Button appearance="primary" onClick={onClose}>
              <FormattedMessage {...messages.close} />
            </Button>
          </ModalFooter>
        </ModalDialog>
      )}
    </ModalTransition>
  )
}
