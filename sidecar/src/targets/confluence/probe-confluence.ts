import type { ProductClient } from '../data-center/product-client.ts'
import { unexplained } from './confluence-failure.ts'
import { listOf, recordOf } from './confluence-wire.ts'

/** What differs between releases, found out by reading calls and never from the version (Confluence REST, releases). */
export interface ConfluenceProbes {
  /** E-mail and full name can be written: 9.3 and later. */
  readonly updates: boolean
  /** E-mails of active people are shown: 10.2 and later. */
  readonly emails: boolean
}

/**
 * The listing of active users and the update of a user came with one release (9.3.2), and the first can be asked for
 * without changing anything.
 */
export async function probeConfluence(client: ProductClient, signal: AbortSignal): Promise<ConfluenceProbes> {
  const answer = await client.get('/api/admin/users/list/active', { start: 0, limit: 1 }, signal)
  if (answer.status === 404 || answer.status === 405) return { updates: false, emails: false }
  if (answer.status !== 200) throw unexplained(answer, 'finding out what this release can do')
  const [first] = listOf(recordOf(answer.body, 'a page of users').results, 'a page of users')
  return { updates: true, emails: first !== undefined && 'email' in recordOf(first, 'a user') }
}
