import type { ReactNode } from 'react'
import { useIntl } from 'react-intl'
import { Loaded } from '../../../components/loaded.tsx'
import { PageHeader } from '../../../components/page-header.tsx'
import { useConnections } from '../api/connections.ts'
import { messages } from '../messages.ts'
import { ConnectionCard } from './connection-card.tsx'
import { NoConnections } from './no-connections.tsx'

interface Props {
  /** What needs somebody. */
  readonly notices: ReactNode
  /** What is to be entered at the provider of a connection, by its slug. */
  readonly accessOf: (connection: string) => ReactNode
}

export function ConnectionsPage({ notices, accessOf }: Props) {
  const intl = useIntl()
  const query = useConnections()
  return (
    <>
      <PageHeader title={intl.formatMessage(messages.title)} subtitle={intl.formatMessage(messages.subtitle)} />
      {notices}
      <Loaded query={query} isEmpty={({ connections }) => connections.length === 0} empty={<NoConnections />}>
        {({ connections }) =>
          connections.map((connection) => (
            <ConnectionCard
              key={connection.slug}
              connection={connection}
              access={connection.method === 'scim' && accessOf(connection.slug)}
            />
          ))
        }
      </Loaded>
    </>
  )
}
