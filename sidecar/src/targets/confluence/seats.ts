import type { ProductClient } from '../data-center/product-client.ts'
import type { Seats } from '../target.ts'

/**
 * Undocumented, for administrators (Confluence REST, session). `undefined` where this Confluence has no such call; less than
 * none stands for "no limit" [believed].
 */
export async function readSeats(client: ProductClient, signal: AbortSignal): Promise<Seats | undefined> {
  const answer = await client.get('/license/1.0/license/remainingSeats', {}, signal)
  const { count } = (answer.body ?? {}) as { count?: unknown }
  if (answer.status !== 200 || typeof count !== 'number') return undefined
  const groups = await readLicensedGroups(client, signal)
  return { application: 'confluence', remaining: count < 0 ? undefined : count, ...(groups.length > 0 && { groups }) }
}

interface Granted {
  readonly subject?: { readonly type?: unknown; readonly displayName?: unknown; readonly name?: unknown }
  readonly operation?: { readonly targetType?: unknown; readonly operationKey?: unknown }
}

/** Groups with the permission to use Confluence; empty where the release does not tell (8.5). */
async function readLicensedGroups(client: ProductClient, signal: AbortSignal): Promise<readonly string[]> {
  const answer = await client.get('/api/permissions', {}, signal)
  if (answer.status !== 200 || !Array.isArray(answer.body)) return []
  const names = (answer.body as Granted[]).filter(grantsUse).map(({ subject }) => subject?.name ?? subject?.displayName)
  return [...new Set(names.filter((name) => typeof name === 'string'))]
}

const grantsUse = ({ subject, operation }: Granted): boolean =>
  subject?.type === 'group' &&
  (operation?.targetType === 'system' ||
    (operation?.targetType === 'application' && operation.operationKey !== undefined))
