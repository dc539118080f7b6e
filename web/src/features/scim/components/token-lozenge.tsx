import Lozenge from '@atlaskit/lozenge'
import type { ScimTokenView } from '@rollcall/contract/api/scim'
import { useIntl } from 'react-intl'
import { useNow } from '../../../intl/use-now.ts'
import { messages } from '../messages.ts'
import { tokenState } from '../token-expiry.ts'

const appearances = {
  valid: 'success',
  expiresSoon: 'moved',
  expired: 'removed',
  revoked: 'default',
} as const

export function TokenLozenge({ token }: { readonly token: ScimTokenView }) {
  const state = tokenState(token, useNow())
  return <Lozenge appearance={appearances[state]}>{useIntl().formatMessage(messages[state])}</Lozenge>
}
