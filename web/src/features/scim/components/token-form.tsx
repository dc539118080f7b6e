import Button from '@atlaskit/button/new'
import ModalBody from '@atlaskit/modal-dialog/modal-body'
import ModalFooter from '@atlaskit/modal-dialog/modal-footer'
import ModalHeader from '@atlaskit/modal-dialog/modal-header'
import ModalTitle from '@atlaskit/modal-dialog/modal-title'
import type { FormEvent, ReactNode } from 'react'
import { useIntl } from 'react-intl'
import { ProblemMessage } from '../../../components/problem-message.tsx'
import { messages } from '../messages.ts'
import styles from './dialog.module.css'

interface Props {
  readonly title: string
  readonly submit: string
  readonly isDangerous?: boolean
  readonly change: { readonly isPending: boolean; readonly isError: boolean; readonly error: unknown }
  readonly onSubmit: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

/** The frame of each question about a token: what failed, the question, the way out and the way on. */
export function TokenForm({ title, submit, isDangerous = false, change, onSubmit, onClose, children }: Props) {
  const intl = useIntl()
  const send = (event: FormEvent) => {
    event.preventDefault()
    // What lies in a dialog is, for React, inside of whatever opened it.
    event.stopPropagation()
    onSubmit()
  }
  return (
    <form onSubmit={send} noValidate>
      <ModalHeader hasCloseButton>
        <ModalTitle>{title}</ModalTitle>
      </ModalHeader>
      <ModalBody>
        <div className={styles.body}>
          {change.isError && <ProblemMessage error={change.error} />}
          {children}
        </div>
      </ModalBody>
      <ModalFooter>
        <Button appearance="subtle" onClick={onClose}>
          {intl.formatMessage(messages.cancel)}
        </Button>
        <Button type="submit" appearance={isDangerous ? 'danger' : 'primary'} isLoading={change.isPending}>
          {submit}
        </Button>
      </ModalFooter>
    </form>
  )
}
