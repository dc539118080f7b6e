import { useIntl } from 'react-intl'
import { Copyable } from './copyable.tsx'
import { messages } from './messages.ts'

/** A command line with a button that copies it. */
export const CopyCommand = ({ command }: { readonly command: string }) => (
  <Copyable text={command} label={useIntl().formatMessage(messages.copyCommand)} />
)
