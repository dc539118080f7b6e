import Button from '@atlaskit/button/new'
import type { ScimTokenView } from '@rollcall/contract/api/scim'
import { useState } from 'react'
import { FormattedMessage, useIntl } from 'react-intl'
import { RelativeTime } from '../../../components/relative-time.tsx'
import { useRevokeToken } from '../api/change-tokens.ts'
import { messages } from '../messages.ts'
import { TokenDialog } from './token-dialog.tsx'
import { TokenForm } from './token-form.tsx'

interface Props {
  readonly slug: string
  readonly token: ScimTokenView
}

export function RevokeToken({ slug, token: { label, tokenId, lastUsedAt } }: Props) {
  const intl = useIntl()
  const [isOpen, setOpen] = useState(false)
  const revoke = useRevokeToken(slug, tokenId)
  const close = () => {
    setOpen(false)
    revoke.reset()
  }
  return (
    <>
      <Button
        spacing="compact"
        aria-label={intl.formatMessage(messages.revokeToken, { label })}
        onClick={() => setOpen(true)}
      >
        {intl.formatMessage(messages.revoke)}
      </Button>
      <TokenDialog isOpen={isOpen} onClose={close}>
        <TokenForm
          title={intl.formatMessage(messages.revokeTitle, { label })}
          submit={intl.formatMessage(messages.revoke)}
          isDangerous
          change={revoke}
          onSubmit={() => revoke.mutate(undefined, { onSuccess: close })}
          onClose={close}
        >
          <p>{intl.formatMessage(messages.revokeText)}</p>
          {lastUsedAt !== undefined && (
            <p>
              <FormattedMessage {...messages.revokeUsed} values={{ when: <RelativeTime at={lastUsedAt} /> }} />
            </p>
          )}
        </TokenForm>
      </TokenDialog>
    </>
  )
}
