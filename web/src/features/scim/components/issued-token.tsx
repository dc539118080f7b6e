import Button from '@atlaskit/button/new'
import ModalBody from '@atlaskit/modal-dialog/modal-body'
import ModalFooter from '@atlaskit/modal-dialog/modal-footer'
import ModalHeader from '@atlaskit/modal-dialog/modal-header'
import ModalTitle from '@atlaskit/modal-dialog/modal-title'
import SectionMessage from '@atlaskit/section-message/section-message'
import { useIntl } from 'react-intl'
import { Copyable } from '../../../components/copyable.tsx'
import { messages } from '../messages.ts'
import styles from './dialog.module.css'

interface Props {
  readonly token: string
  readonly onClose: () => void
}

/** A new token, this once. */
export function IssuedToken({ token, onClose }: Props) {
  const intl = useIntl()
  return (
    <>
      <ModalHeader>
        <ModalTitle>{intl.formatMessage(messages.issuedTitle)}</ModalTitle>
      </ModalHeader>
      <ModalBody>
        <div className={styles.body}>
          <SectionMessage appearance="warning">
            <p>{intl.formatMessage(messages.issuedText)}</p>
          </SectionMessage>
          <div>
            <Copyable text={token} label={intl.formatMessage(messages.copyToken)} />
          </div>
        </div>
      </ModalBody>
      <ModalFooter>
        <Button appearance="primary" onClick={onClose}>
          {intl.formatMessage(messages.done)}
        </Button>
      </ModalFooter>
    </>
  )
}
