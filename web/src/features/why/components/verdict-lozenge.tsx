import Lozenge from '@atlaskit/lozenge'
import type { WhyVerdict } from '@rollcall/contract/api/why'
import { useIntl } from 'react-intl'
import { messages } from '../messages.ts'

const appearances = { has: 'success', gets: 'inprogress', loses: 'moved', hasNot: 'removed' } as const

interface Props {
  readonly verdict: WhyVerdict
  readonly of: 'account' | 'group'
}

export function VerdictLozenge({ verdict, of }: Props) {
  const message = of === 'account' ? messages[verdict] : messages[`${verdict}_group`]
  return <Lozenge appearance={appearances[verdict]}>{useIntl().formatMessage(message)}</Lozenge>
}
