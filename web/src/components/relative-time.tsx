import { useIntl } from 'react-intl'
import { relativeTime } from '../intl/relative-time.ts'
import { useNow } from '../intl/use-now.ts'
import { messages } from './messages.ts'

/** "3 minutes ago", with the exact time as title. */
export function RelativeTime({ at }: { readonly at: number }) {
  const intl = useIntl()
  const now = useNow()
  const [value, unit] = relativeTime(at, now)
  const exact = intl.formatDate(at, { dateStyle: 'full', timeStyle: 'long' })
  return (
    <time dateTime={new Date(at).toISOString()} title={exact}>
      {value === 0
        ? intl.formatMessage(at > Date.now() ? messages.inAMoment : messages.aMomentAgo)
        : intl.formatRelativeTime(value, unit, { numeric: 'auto' })}
    </time>
  )
}
