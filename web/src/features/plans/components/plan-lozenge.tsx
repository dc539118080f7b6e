import Lozenge from '@atlaskit/lozenge'
import type { PlanStatus } from '@rollcall/contract/api/plans'
import { useIntl } from 'react-intl'
import { messages } from '../messages.ts'

const appearances = {
  planning: 'inprogress',
  planned: 'new',
  held: 'moved',
  executing: 'inprogress',
  applied: 'success',
  partial: 'moved',
  replaced: 'default',
  dropped: 'default',
} as const

export function PlanLozenge({ status }: { readonly status: PlanStatus }) {
  return <Lozenge appearance={appearances[status]}>{useIntl().formatMessage(messages[`status_${status}`])}</Lozenge>
}
