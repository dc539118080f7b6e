import Lozenge from '@atlaskit/lozenge'
import type { ComponentProps } from 'react'
import { useIntl } from 'react-intl'
import { messages } from './messages.ts'

type Appearance = NonNullable<ComponentProps<typeof Lozenge>['appearance']>

const appearances = {
  succeeded: 'success',
  applied: 'success',
  empty: 'success',
  planned: 'new',
  partial: 'moved',
  held: 'moved',
  failed: 'removed',
  cancelled: 'default',
  running: 'inprogress',
  waiting: 'default',
} satisfies Record<string, Appearance>

/** How a run, or what it did to one target, ended; or that it has not. */
export function OutcomeLozenge({ outcome }: { readonly outcome: keyof typeof appearances }) {
  return <Lozenge appearance={appearances[outcome]}>{useIntl().formatMessage(messages[outcome])}</Lozenge>
}
