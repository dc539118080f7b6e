import { lazy, Suspense } from 'react'
import { Loading } from '../../components/loading.tsx'
import { ConnectionsPage } from '../../features/connections/components/connections-page.tsx'
import { Notices } from '../../features/notices/components/notices.tsx'

const ScimAccess = lazy(async () => ({
  default: (await import('../../features/scim/components/scim-access.tsx')).ScimAccess,
}))

const accessOf = (connection: string) => (
  <Suspense fallback={<Loading />}>
    <ScimAccess slug={connection} />
  </Suspense>
)

/** What needs somebody, then the connections; those that providers push into with their address and tokens. */
export function ConnectionsWithAccess() {
  return <ConnectionsPage notices={<Notices />} accessOf={accessOf} />
}
