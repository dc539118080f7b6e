import type { ProductClient } from '../data-center/product-client.ts'
import { unexplained } from './jira-failure.ts'
import { recordOf } from './jira-wire.ts'

export interface Permissions {
  readonly administrator: boolean
  readonly systemAdministrator: boolean
}

/** Global permissions of our account (Jira REST, session). */
export async function readPermissions(client: ProductClient, signal: AbortSignal): Promise<Permissions> {
  const answer = await client.get('/api/2/mypermissions', {}, signal)
  if (answer.status !== 200) throw unexplained(answer, 'reading our permissions')
  const permissions = recordOf(recordOf(answer.body, 'our permissions').permissions, 'our permissions')
  const held = (name: string) => recordOf(permissions[name] ?? {}, 'a permission').havePermission === true
  const systemAdministrator = held('SYSTEM_ADMIN')
  return { administrator: systemAdministrator || held('ADMINISTER'), systemAdministrator }
}
