import type { IntlShape } from 'react-intl'
import { messages } from './messages.ts'

/** What holds an operation back, in words; a code that this page does not know is shown as it is. */
export function heldByText(intl: IntlShape, code: string): string {
  const key = `heldBy_${code}`
  return key in messages ? intl.formatMessage(messages[key as keyof typeof messages]) : code
}
