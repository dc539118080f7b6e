import type { RunView } from '@rollcall/contract/api/runs'
import { type IntlShape, useIntl } from 'react-intl'
import { Card } from '../../../components/card.tsx'
import { Facts } from '../../../components/facts.tsx'
import { formatDuration } from '../../../intl/duration.ts'
import { messages } from '../messages.ts'

/** What happened to people, groups or memberships, in a word. */
function changeText(intl: IntlShape, change: string): string {
  const key = `reading_${change}`
  return key in messages ? intl.formatMessage(messages[key as keyof typeof messages]) : change
}

type Reading = NonNullable<RunView['reading']>

/** What the provider said this time. */
export function ReadingCard({ reading }: { readonly reading: Reading }) {
  const intl = useIntl()
  const numbers = (counts: Readonly<Record<string, number>>) => {
    const parts = Object.entries(counts).filter(([, count]) => count > 0)
    if (parts.length === 0) return intl.formatMessage(messages.nothing)
    return parts.map(([what, count]) => `${intl.formatNumber(count)} ${changeText(intl, what)}`).join(', ')
  }
  return (
    <Card title={intl.formatMessage(messages.reading)}>
      <Facts
        facts={[
          { term: intl.formatMessage(messages.form), value: intl.formatMessage(messages[`form_${reading.form}`]) },
          { term: intl.formatMessage(messages.people), value: numbers(reading.identities) },
          { term: intl.formatMessage(messages.groups), value: numbers(reading.groups) },
          { term: intl.formatMessage(messages.memberships), value: numbers(reading.memberships) },
          { term: intl.formatMessage(messages.took), value: formatDuration(intl, reading.durationMs) },
        ]}
      />
    </Card>
  )
}
