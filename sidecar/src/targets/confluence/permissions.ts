import type { ProductClient } from '../data-center/product-client.ts'
import { unexplained } from './confluence-failure.ts'

export type Administrator = 'yes' | 'no' | 'unknown'

/**
 * Whether our account administers this Confluence: who may read the global permissions does (9.2 and later). Before, who
 * may read the licence (Confluence REST, session); where neither call exists nobody can tell without writing.
 */
export async function readAdministrator(client: ProductClient, signal: AbortSignal): Promise<Administrator> {
  for (const path of ['/api/permissions', '/license/1.0/license/remainingSeats']) {
    const answer = await client.get(path, {}, signal)
    if (answer.status === 200) return 'yes'
    if (answer.status === 403) return 'no'
    if (answer.status !== 404 && answer.status !== 405) throw unexplained(answer, 'reading our permissions')
  }
  return 'unknown'
}
