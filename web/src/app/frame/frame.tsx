import type { SessionView } from '@rollcall/contract/api/session'
import { Suspense } from 'react'
import { FormattedMessage } from 'react-intl'
import { useLiveEvents } from '../../api/use-live-events.ts'
import { Loading } from '../../components/loading.tsx'
import { useRoute } from '../../routing/use-route.ts'
import { messages } from '../messages.ts'
import { Page } from '../page.tsx'
import { FaultBoundary } from './fault-boundary.tsx'
import styles from './frame.module.css'
import { PauseBanner } from './pause-banner.tsx'
import { SkipLink } from './skip-link.tsx'
import { useStatus } from './status.ts'
import { TopBar } from './top-bar.tsx'

/** The bar at the top, and the page that the address names under it. */
export function Frame({ session }: { readonly session: SessionView }) {
  useLiveEvents()
  const route = useRoute()
  const status = useStatus().data
  return (
    <div className={styles.frame}>
      <SkipLink />
      <TopBar session={session} status={status} route={route} />
      <PauseBanner pauses={status?.pauses ?? []} />
      <main id="content" tabIndex={-1} className={styles.content}>
        <FaultBoundary key={JSON.stringify(route)}>
          <Suspense fallback={<Loading />}>
            <Page route={route} />
          </Suspense>
        </FaultBoundary>
      </main>
      <footer className={styles.footer}>
        {status && <FormattedMessage {...messages.version} values={{ version: status.version }} />}
      </footer>
    </div>
  )
}
