import Button from '@atlaskit/button/new'
import { useState } from 'react'
import { useIntl } from 'react-intl'
import { useCreateToken } from '../api/change-tokens.ts'
import { messages } from '../messages.ts'
import { CreateTokenForm } from './create-token-form.tsx'
import { IssuedToken } from './issued-token.tsx'
import { TokenDialog } from './token-dialog.tsx'

interface Props {
  readonly slug: string
  readonly isPrimary: boolean
  readonly isDisabled: boolean
}

export function CreateToken({ slug, isPrimary, isDisabled }: Props) {
  const intl = useIntl()
  const [isOpen, setOpen] = useState(false)
  const create = useCreateToken(slug)
  const close = () => {
    setOpen(false)
    create.reset()
  }
  return (
    <>
      <Button appearance={isPrimary ? 'primary' : 'default'} isDisabled={isDisabled} onClick={() => setOpen(true)}>
        {intl.formatMessage(messages.createToken)}
      </Button>
      <TokenDialog isOpen={isOpen} isPrecious={create.isSuccess} onClose={close}>
        {create.data ? (
          <IssuedToken token={create.data.token} onClose={close} />
        ) : (
          <CreateTokenForm create={create} onClose={close} />
        )}
      </TokenDialog>
    </>
  )
}
