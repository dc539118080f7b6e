import type { IntlShape } from 'react-intl'
import { messages } from './messages.ts'

/** `file:rollcall.yaml` is a connection that a file describes. */
export function managedByText(intl: IntlShape, managedBy: string): string {
  const file = /^file:(.+)$/.exec(managedBy)?.[1]
  return file
    ? intl.formatMessage(messages.managedByFile, { file })
    : intl.formatMessage(messages.managedBy, { source: managedBy })
}
