import type { ConnectionView } from '@rollcall/contract/api/connections'
import { FormattedNumber, useIntl } from 'react-intl'
import { Facts } from '../../../components/facts.tsx'
import { RelativeTime } from '../../../components/relative-time.tsx'
import { messages } from '../messages.ts'
import { LastRun } from './last-run.tsx'

/** Schedule, sizes, and when it last looked. */
export function ConnectionFacts({ connection }: { readonly connection: ConnectionView }) {
  const intl = useIntl()
  const { schedule, nextRunAt, people, groups, lastReadingAt, lastRun } = connection
  const timeOr = (at: number | undefined, otherwise: keyof typeof messages) =>
    at === undefined ? intl.formatMessage(messages[otherwise]) : <RelativeTime at={at} />
  return (
    <Facts
      facts={[
        { term: intl.formatMessage(messages.schedule), value: schedule },
        { term: intl.formatMessage(messages.nextRun), value: timeOr(nextRunAt, 'none') },
        { term: intl.formatMessage(messages.people), value: <FormattedNumber value={people} /> },
        { term: intl.formatMessage(messages.groups), value: <FormattedNumber value={groups} /> },
        { term: intl.formatMessage(messages.lastReading), value: timeOr(lastReadingAt, 'never') },
        {
          term: intl.formatMessage(messages.lastRun),
          value: lastRun ? <LastRun run={lastRun} /> : intl.formatMessage(messages.never),
        },
      ]}
    />
  )
}
