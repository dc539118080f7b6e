import { Suspense } from 'react'
import { FormattedMessage } from 'react-intl'
import { Loading } from '../components/loading.tsx'
import { SignInPage } from '../features/session/components/sign-in-page.tsx'
import { connectionsHref } from '../routing/route.ts'
import { useRoute } from '../routing/use-route.ts'
import frame from './frame/frame.module.css'
import { messages } from './messages.ts'
import { Page } from './page.tsx'

/** The sign-in page, and what an error means: its own errors have a page as well. */
export function SignedOut() {
  const route = useRoute()
  if (route.name !== 'error') return <SignInPage />
  return (
    <main className={frame.content}>
      <a href={connectionsHref}>
        <FormattedMessage {...messages.toSignIn} />
      </a>
      <Suspense fallback={<Loading />}>
        <Page route={route} />
      </Suspense>
    </main>
  )
}
