import { LinkButton } from '@atlaskit/button/new'
import EmptyState from '@atlaskit/empty-state'
import { useIntl } from 'react-intl'
import { connectionsHref } from '../../routing/route.ts'
import { messages } from '../messages.ts'

export function NotFoundPage({ path }: { readonly path: string }) {
  const intl = useIntl()
  return (
    <EmptyState
      header={intl.formatMessage(messages.notFound)}
      headingLevel={1}
      description={intl.formatMessage(messages.notFoundText, { path })}
      primaryAction={<LinkButton href={connectionsHref}>{intl.formatMessage(messages.toConnections)}</LinkButton>}
    />
  )
}
