import Lozenge from '@atlaskit/lozenge'
import { useIntl } from 'react-intl'
import type { ConnectionState } from '../connection-state.ts'
import { messages } from '../messages.ts'

const appearances = {
  idle: 'success',
  queued: 'default',
  running: 'inprogress',
  held: 'moved',
  failed: 'removed',
  quarantined: 'removed',
  paused: 'default',
} as const

export function StateLozenge({ state }: { readonly state: ConnectionState }) {
  return <Lozenge appearance={appearances[state]}>{useIntl().formatMessage(messages[state])}</Lozenge>
}
