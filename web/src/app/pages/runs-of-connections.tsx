import { useConnections } from '../../features/connections/api/connections.ts'
import { RunsPage } from '../../features/runs/components/runs-page.tsx'

/** The run history, which can be narrowed to one of the connections. */
export function RunsOfConnections({ connection }: { readonly connection: string | undefined }) {
  const connections = useConnections().data?.connections ?? []
  return <RunsPage connection={connection} connections={connections.map(({ slug, name }) => ({ slug, name }))} />
}
