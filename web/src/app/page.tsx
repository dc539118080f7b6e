import { lazy } from 'react'
import type { Route } from '../routing/route.ts'
import { ConnectionsWithAccess } from './pages/connections-with-access.tsx'
import { NotFoundPage } from './pages/not-found-page.tsx'

// What the first view does not need comes when it is opened.
const LogPage = lazy(async () => ({ default: (await import('./pages/log-of-connection.tsx')).LogOfConnection }))
const PlanPage = lazy(async () => ({ default: (await import('../features/plans/components/plan-page.tsx')).PlanPage }))
const RunPage = lazy(async () => ({ default: (await import('./pages/run-with-operations.tsx')).RunWithOperations }))
const RunsPage = lazy(async () => ({ default: (await import('./pages/runs-of-connections.tsx')).RunsOfConnections }))
const TargetsPage = lazy(async () => ({
  default: (await import('../features/targets/components/targets-page.tsx')).TargetsPage,
}))
const UnclaimedPage = lazy(async () => ({
  default: (await import('../features/targets/components/unclaimed-page.tsx')).UnclaimedPage,
}))
const WhyPage = lazy(async () => ({ default: (await import('../features/why/components/why-page.tsx')).WhyPage }))
const ErrorPage = lazy(async () => ({
  default: (await import('../features/documentation/components/error-page.tsx')).ErrorPage,
}))

/** The page of a route. */
export function Page({ route }: { readonly route: Route }) {
  switch (route.name) {
    case 'connections':
      return <ConnectionsWithAccess />
    case 'log':
      return <LogPage key={route.connection} connection={route.connection} />
    case 'plan':
      return <PlanPage key={route.id} id={route.id} />
    case 'runs':
      return <RunsPage connection={route.connection} />
    case 'run':
      return <RunPage key={route.id} id={route.id} />
    case 'targets':
      return <TargetsPage />
    case 'unclaimed':
      return <UnclaimedPage key={`${route.target} ${route.first}`} slug={route.target} first={route.first} />
    case 'why':
      return <WhyPage key={`${route.user} ${route.group}`} user={route.user} group={route.group} />
    case 'error':
      return <ErrorPage code={route.code} />
    case 'unknown':
      return <NotFoundPage path={route.path} />
  }
}
