import { useIntl } from 'react-intl'
import { relativeTime } from '../intl/relative-time.ts'
import { useNow } from '../intl/use-now.ts'

/** "3 minutes ago", with the exact time as title. */
export function RelativeTime({ at }: { readonly at: number }) {
  const intl = useIntl()
  const [value, unit] = relativeTime(at, useNow())
  const exact = intl.formatDate(at, { dateStyle: 'full', timeStyle: 'long' })
  return (
    <time dateTime={new Date(at).toISOString()} title={exact}>
      {intl.formatRelativeTime(value, unit, { numeric: 'auto' })}
    </time>
  )
}
