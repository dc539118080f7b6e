import { IconButton } from '@atlaskit/button/new'
import LogOutIcon from '@atlaskit/icon/core/log-out'
import PersonAvatarIcon from '@atlaskit/icon/core/person-avatar'
import type { ServiceStatus } from '@rollcall/contract/api/connections'
import type { SessionView } from '@rollcall/contract/api/session'
import { FormattedMessage, useIntl } from 'react-intl'
import { useSignOut } from '../../features/session/api/sign-out.ts'
import { connectionsHref, type Route } from '../../routing/route.ts'
import { messages } from '../messages.ts'
import { Navigation } from './navigation.tsx'
import { PauseButton } from './pause-button.tsx'
import { ThemeSwitch } from './theme-switch.tsx'
import styles from './top-bar.module.css'

interface Props {
  readonly session: SessionView
  readonly status: ServiceStatus | undefined
  readonly route: Route
}

/** Product, pages, theme, who is signed in. */
export function TopBar({ session, status, route }: Props) {
  const intl = useIntl()
  const signOut = useSignOut()
  return (
    <header className={styles.bar}>
      <a href={connectionsHref} className={styles.product}>
        <img src="/favicon.svg" alt="" width={24} height={24} />
        <FormattedMessage {...messages.product} />
      </a>
      <Navigation route={route} openHolds={status?.openHolds ?? 0} />
      <div className={styles.end}>
        {status && !status.pauses.some(({ what }) => what === 'everything') && <PauseButton />}
        <ThemeSwitch />
        <span className={styles.name} title={intl.formatMessage(messages.signedInAs, { name: session.signedInAs })}>
          <PersonAvatarIcon label={intl.formatMessage(messages.signedInAs, { name: '' })} />
          <span className={styles.nameText}>{session.signedInAs}</span>
        </span>
        <IconButton
          icon={LogOutIcon}
          label={intl.formatMessage(messages.signOut)}
          appearance="subtle"
          isTooltipDisabled={false}
          onClick={() => signOut.mutate()}
        />
      </div>
    </header>
  )
}
