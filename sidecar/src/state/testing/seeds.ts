import type { ConnectionId, NameKey, TargetId } from '../../identity/ids.ts'
import type { Db } from '../../store/transaction.ts'

/** A target for tests; everything that its row must have and no test looks at is filled in. */
export async function seedTarget(db: Db, slug: string): Promise<TargetId> {
  const { id } = await db
    .insertInto('target')
    .values({
      slug,
      name: slug,
      name_key: slug as NameKey,
      kind: 'jira',
      entry: '{}',
      managed_by: 'file:t',
      created_at: 0,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** A connection for tests that provisions these targets. */
export async function seedConnection(db: Db, slug: string, targets: readonly TargetId[] = []): Promise<ConnectionId> {
  const { id } = await db
    .insertInto('connection')
    .values({
      slug,
      name: slug,
      name_key: slug as NameKey,
      provider: 'entra',
      method: 'rest',
      position: 0,
      entry: '{}',
      managed_by: 'file:t',
      created_at: 0,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  for (const target_id of targets) {
    await db
      .insertInto('policy')
      .values({ connection_id: id, target_id, policy: '{}', basis: '{}', version: 1 })
      .execute()
  }
  return id
}
