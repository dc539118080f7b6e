import type { RunView } from '@rollcall/contract/api/runs'
import { FormattedMessage } from 'react-intl'
import { messages } from '../messages.ts'
import { numbersOf } from '../operation-numbers.ts'

/** How much a run changed, and how much did not end as planned. */
export function RunChanges({ run }: { readonly run: RunView }) {
  const numbers = numbersOf(run)
  if (numbers.failed > 0) return <FormattedMessage {...messages.changesFailed} values={numbers} />
  return <FormattedMessage {...(numbers.applied > 0 ? messages.changesOf : messages.noChanges)} values={numbers} />
}
