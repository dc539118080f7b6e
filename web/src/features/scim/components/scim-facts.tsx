import type { ScimView } from '@rollcall/contract/api/scim'
import { useIntl } from 'react-intl'
import { Facts } from '../../../components/facts.tsx'
import { RelativeTime } from '../../../components/relative-time.tsx'
import { messages } from '../messages.ts'

/** When the provider last called, and how it is answered. */
export function ScimFacts({ scim: { delivery, lastRequestAt } }: { readonly scim: ScimView }) {
  const intl = useIntl()
  const lastRequest =
    lastRequestAt === undefined ? intl.formatMessage(messages.noRequest) : <RelativeTime at={lastRequestAt} />
  return (
    <Facts
      facts={[
        { term: intl.formatMessage(messages.lastRequest), value: lastRequest },
        { term: intl.formatMessage(messages.delivery), value: intl.formatMessage(messages[`delivery_${delivery}`]) },
      ]}
    />
  )
}
