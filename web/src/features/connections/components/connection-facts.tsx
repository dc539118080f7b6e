import type { ConnectionView } from '@rollcall/contract/api/connections'
import { FormattedNumber, useIntl } from 'react-intl'
import { Facts } from '../../../components/facts.tsx'
import { RelativeTime } from '../../../components/relative-time.tsx'
import { messages } from '../messages.ts'
import { LastRun } from './last-run.tsx'

/** Sizes and how it last went; for a connection that is read also when it looks. */
export function ConnectionFacts({ connection }: { readonly connection: ConnectionView }) {
  const intl = useIntl()
  const { schedule, nextRunAt, people, groups, lastReadingAt, lastRun, method } = connection
  const timeOr = (at: number | undefined, otherwise: keyof typeof messages) =>
    at === undefined ? intl.formatMessage(messages[otherwise]) : <RelativeTime at={at} />
  const scheduled = [
    { term: intl.formatMessage(messages.schedule), value: schedule },
    { term: intl.formatMessage(messages.nextRun), value: timeOr(nextRunAt, 'none') },
  ]
  const read = [{ term: intl.formatMessage(messages.lastReading), value: timeOr(lastReadingAt, 'never') }]
  const isRead = method !== 'scim'
  return (
    <Facts
      facts={[
        ...(isRead ? scheduled : []),
        { term: intl.formatMessage(messages.people), value: <FormattedNumber value={people} /> },
        { term: intl.formatMessage(messages.groups), value: <FormattedNumber value={groups} /> },
        ...(isRead ? read : []),
        {
          term: intl.formatMessage(messages.lastRun),
          value: lastRun ? <LastRun run={lastRun} /> : intl.formatMessage(messages.never),
        },
      ]}
    />
  )
}
