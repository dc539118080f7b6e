import type { ConnectionId, SourceGroupId, TargetGroupId, TargetId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import type { Trx } from '../../store/transaction.ts'

export async function storeGroup(trx: Trx, target: TargetId, name: string): Promise<TargetGroupId> {
  const { id } = await trx
    .insertInto('target_group')
    .values({ target_id: target, name, name_key: nameKey(name), missing_at: null })
    .onConflict((conflict) => conflict.columns(['target_id', 'name_key']).doUpdateSet({ name, missing_at: null }))
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

interface NewBinding {
  readonly target: TargetId
  readonly connection: ConnectionId
  readonly sourceGroup: SourceGroupId
  readonly group: TargetGroupId
  readonly createdByUs: boolean
  readonly at: number
}

/** Ties a source group to a target group. A group that we created stays ours when it is bound again. */
export async function bindGroup(trx: Trx, binding: NewBinding): Promise<void> {
  const { target, connection, sourceGroup, group, createdByUs, at } = binding
  await trx
    .insertInto('group_binding')
    .values({
      target_id: target,
      connection_id: connection,
      source_group_id: sourceGroup,
      target_group_id: group,
      created_by_us: createdByUs ? 1 : 0,
      since: at,
      unbound_at: null,
    })
    .onConflict((conflict) =>
      conflict.columns(['target_id', 'connection_id', 'source_group_id']).doUpdateSet((row) => ({
        target_group_id: group,
        unbound_at: null,
        created_by_us: row
          .case()
          .when('group_binding.target_group_id', '=', group)
          .then(row.ref('group_binding.created_by_us'))
          .else(createdByUs ? (1 as const) : (0 as const))
          .end(),
      })),
    )
    .execute()
}

/** The source group is tied to nothing any more; the target group stays as it is. */
export async function unbindGroup(
  trx: Trx,
  { target, connection, sourceGroup, group }: Omit<NewBinding, 'createdByUs' | 'at'>,
): Promise<void> {
  await trx
    .deleteFrom('group_binding')
    .where('target_id', '=', target)
    .where('connection_id', '=', connection)
    .where('source_group_id', '=', sourceGroup)
    .where('target_group_id', '=', group)
    .execute()
}

/** We deleted it: with it go its members, what was granted in it and what was bound to it. */
export async function removeGroup(trx: Trx, id: TargetGroupId): Promise<void> {
  await trx.deleteFrom('account_membership').where('target_group_id', '=', id).execute()
  await trx.deleteFrom('granted_membership').where('target_group_id', '=', id).execute()
  await trx.deleteFrom('revoked_access').where('target_group_id', '=', id).execute()
  await trx.deleteFrom('group_binding').where('target_group_id', '=', id).execute()
  for (const table of ['target_group_nesting', 'granted_nesting'] as const) {
    await trx
      .deleteFrom(table)
      .where(({ or, eb }) => or([eb('parent_id', '=', id), eb('child_id', '=', id)]))
      .execute()
  }
  await trx.deleteFrom('target_group').where('id', '=', id).execute()
}
