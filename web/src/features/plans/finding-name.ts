import type { IntlShape } from 'react-intl'
import { messages } from './messages.ts'

/** A finding's code in words; a code that this page does not know is shown as it is. */
export function findingName(intl: IntlShape, code: string): string {
  const key = `${code}Name`
  return key in messages ? intl.formatMessage(messages[key as keyof typeof messages]) : code
}
