import type { ProductClient } from '../data-center/product-client.ts'
import { jiraCloudFailures } from './jira-cloud-product.ts'
import { recordOf } from './jira-cloud-wire.ts'

/** Whether our account holds Administer Jira; the call needs the names of permissions (Jira Cloud REST). */
export async function readAdministrator(client: ProductClient, signal: AbortSignal): Promise<boolean> {
  const answer = await client.get('/api/3/mypermissions', { permissions: 'ADMINISTER' }, signal)
  if (answer.status !== 200) throw jiraCloudFailures.unexplained(answer, 'reading our permissions')
  const { permissions } = recordOf(answer.body, 'our permissions')
  const { ADMINISTER } = recordOf(permissions, 'our permissions')
  return recordOf(ADMINISTER ?? {}, 'a permission').havePermission === true
}
