import { useConnections } from '../../features/connections/api/connections.ts'
import { LogPage } from '../../features/scim/components/log-page.tsx'

/** The provisioning log under the name of its connection. */
export function LogOfConnection({ connection }: { readonly connection: string }) {
  const name = useConnections().data?.connections.find(({ slug }) => slug === connection)?.name
  return <LogPage slug={connection} name={name ?? connection} />
}
