import { FormattedMessage, useIntl } from 'react-intl'
import { connectionsHref, type Route, runsHref, targetsHref, whyHref } from '../../routing/route.ts'
import { messages } from '../messages.ts'
import styles from './navigation.module.css'

interface Props {
  readonly route: Route
  readonly openHolds: number
}

const pages = [
  { name: 'connections', href: connectionsHref, label: messages.connections },
  { name: 'targets', href: targetsHref, label: messages.targets },
  { name: 'runs', href: runsHref(), label: messages.runs },
  { name: 'why', href: whyHref(), label: messages.why },
] as const

/** The pages, and how many plans wait for somebody. */
export function Navigation({ route, openHolds }: Props) {
  const intl = useIntl()
  return (
    <nav aria-label={intl.formatMessage(messages.navigation)} className={styles.navigation}>
      {pages.map(({ name, href, label }) => (
        <a key={name} href={href} className={styles.page} aria-current={route.name === name ? 'page' : undefined}>
          <FormattedMessage {...label} />
          {name === 'connections' && openHolds > 0 && (
            <span className={styles.holds}>
              <span aria-hidden="true">{openHolds}</span>
              <span className="visually-hidden">{intl.formatMessage(messages.holds, { count: openHolds })}</span>
            </span>
          )}
        </a>
      ))}
    </nav>
  )
}
