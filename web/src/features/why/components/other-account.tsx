import Lozenge from '@atlaskit/lozenge'
import type { WhyOtherAccount } from '@rollcall/contract/api/why'
import { useIntl } from 'react-intl'
import { Card } from '../../../components/card.tsx'
import { messages } from '../messages.ts'

/** What a product has under the name, though it is none of these people's. */
export function OtherAccount({ account }: { readonly account: WhyOtherAccount }) {
  const intl = useIntl()
  const { name, displayName, active, groups, claimedBy, target } = account
  return (
    <Card
      title={intl.formatMessage(messages.other, { name, target: target.name })}
      subtitle={displayName}
      mark={<Lozenge>{intl.formatMessage(active ? messages.active : messages.deactivated)}</Lozenge>}
    >
      <p>
        {claimedBy === undefined
          ? intl.formatMessage(messages.unmanaged)
          : intl.formatMessage(messages.claimedBy, { user: claimedBy.userName, connection: claimedBy.connection.name })}
      </p>
      {groups.length > 0 && <p>{intl.formatMessage(messages.inGroups, { groups: groups.join(', ') })}</p>}
    </Card>
  )
}
