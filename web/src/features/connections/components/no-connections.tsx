import EmptyState from '@atlaskit/empty-state'
import { useIntl } from 'react-intl'
import { CopyCommand } from '../../../components/copy-command.tsx'
import { messages } from '../messages.ts'

export function NoConnections() {
  const intl = useIntl()
  return (
    <EmptyState
      header={intl.formatMessage(messages.emptyTitle)}
      headingLevel={2}
      description={intl.formatMessage(messages.emptyText)}
      primaryAction={<CopyCommand command="rollcall config apply FILE" />}
    />
  )
}
