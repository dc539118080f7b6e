import type { ConnectionView } from '@rollcall/contract/api/connections'
import { FormattedNumber, useIntl } from 'react-intl'
import { ResponsiveTable } from '../../../components/responsive-table.tsx'
import { messages } from '../messages.ts'
import { FindingsLink } from './findings-link.tsx'
import { LegState } from './leg-state.tsx'
import { TargetName } from './target-name.tsx'

/** Each product that a connection fills, and what waits there. */
export function LegTable({ connection }: { readonly connection: ConnectionView }) {
  const intl = useIntl()
  return (
    <ResponsiveTable
      caption={intl.formatMessage(messages.targetsOf, { name: connection.name })}
      columns={[
        { key: 'target', header: intl.formatMessage(messages.target), isRowHeader: true, isWide: true },
        { key: 'claimed', header: intl.formatMessage(messages.accounts), isNumber: true },
        { key: 'findings', header: intl.formatMessage(messages.findings), isNumber: true },
        { key: 'waiting', header: intl.formatMessage(messages.waiting), isNumber: true },
        { key: 'state', header: intl.formatMessage(messages.state), isWide: true },
      ]}
      rows={connection.legs.map((leg) => ({
        key: leg.target.slug,
        cells: {
          target: <TargetName target={leg.target} />,
          claimed: <FormattedNumber value={leg.claimed} />,
          findings: <FindingsLink leg={leg} />,
          waiting: <FormattedNumber value={leg.waiting} />,
          state: <LegState leg={leg} />,
        },
      }))}
    />
  )
}
