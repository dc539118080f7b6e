import type { ConnectionId, TargetId } from '../identity/ids.ts'
import { Problem } from '../problem/problem.ts'
import type { Db } from '../store/transaction.ts'
import { configurationProblems } from './configuration/configuration-problems.ts'

/** By its slug; throws `connection_unknown`. */
export async function findConnection(
  db: Db,
  slug: string,
): Promise<{ id: ConnectionId; name: string; provider: string }> {
  const row = await db
    .selectFrom('connection')
    .select(['id', 'name', 'provider'])
    .where('slug', '=', slug)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (row) return row
  throw new Problem(configurationProblems.connection_unknown, `There is no connection called ${slug}.`)
}

/** By its slug; throws `target_unknown`. */
export async function findTarget(db: Db, slug: string): Promise<{ id: TargetId; name: string; kind: string }> {
  const row = await db
    .selectFrom('target')
    .select(['id', 'name', 'kind'])
    .where('slug', '=', slug)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (row) return row
  throw new Problem(configurationProblems.target_unknown, `There is no target called ${slug}.`)
}
