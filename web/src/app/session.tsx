import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { keys } from '../api/query-keys.ts'
import { Loading } from '../components/loading.tsx'
import { ProblemMessage } from '../components/problem-message.tsx'
import { useSession } from '../features/session/api/session.ts'
import { Frame } from './frame/frame.tsx'
import { SignedOut } from './signed-out.tsx'

/** The sign-in page for nobody, the product for somebody. */
export function Session() {
  const session = useSession()
  const client = useQueryClient()
  const signedIn = Boolean(session.data)
  useEffect(() => {
    // What one person has fetched is not shown to the next.
    if (!signedIn) client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== keys.session[0] })
  }, [client, signedIn])

  if (session.isPending) return <Loading />
  if (session.data) return <Frame session={session.data} />
  if (session.isError) return <ProblemMessage error={session.error} onRetry={() => void session.refetch()} />
  return <SignedOut />
}
