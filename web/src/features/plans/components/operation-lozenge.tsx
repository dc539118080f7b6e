import Lozenge from '@atlaskit/lozenge'
import type { OperationStatus } from '@rollcall/contract/api/plans'
import { useIntl } from 'react-intl'
import { messages } from '../messages.ts'

const appearances = {
  planned: 'default',
  held: 'moved',
  sent: 'inprogress',
  applied: 'success',
  failed: 'removed',
  refused: 'removed',
  superseded: 'default',
  skipped: 'default',
  dropped: 'default',
} as const

export function OperationLozenge({ status }: { readonly status: OperationStatus }) {
  return <Lozenge appearance={appearances[status]}>{useIntl().formatMessage(messages[`operation_${status}`])}</Lozenge>
}
