import type { Store } from '@rollcall/sidecar/store/open-database'
import type { ConfiguredLeg } from './world.ts'

/**
 * Makes the target look as if everything that the source wants had been applied: accounts with the numbers of their
 * identities, groups with those of their source groups, nested groups flattened, all of it claimed, granted and bound.
 * Nothing of this goes through the planner, so that its plan over it being empty proves both.
 */
export function settleTarget({ raw }: Store, { connection, target }: ConfiguredLeg): void {
  raw.transaction(() => {
    for (const statement of statements) raw.prepare(statement).run({ connection, target, now: Date.now() })
    raw.exec('drop table settled_member')
  })()
}

const statements = [
  `insert into account (id, target_id, account_key, name, name_key, email, email_key, display_name, active)
   select id, @target, 'key-' || id, lower(user_name), lower(user_name), email, lower(email), display_name, 1
   from identity where connection_id = @connection and active = 1 and deleted_at is null and missing_at is null`,
  `insert into claim (account_id, target_id, connection_id, identity_id, how, since)
   select id, @target, @connection, id, 'created', @now from account where target_id = @target`,
  `insert into target_group (id, target_id, name, name_key)
   select id, @target, display_name, name_key from source_group where connection_id = @connection and deleted_at is null`,
  `insert into group_binding (target_id, connection_id, source_group_id, target_group_id, created_by_us, since)
   select @target, @connection, id, id, 1, @now from target_group where target_id = @target`,
  `create temp table settled_member as
   with recursive up (child, ancestor) as (
     select id, id from target_group where target_id = @target
     union select up.child, nesting.parent_id from up join group_nesting nesting on nesting.child_id = up.ancestor)
   select distinct up.ancestor as target_group_id, member.identity_id as account_id
   from up join identity_membership member on member.source_group_id = up.child
   join account on account.id = member.identity_id
   order by 1, 2`,
  'insert into account_membership (target_group_id, account_id) select target_group_id, account_id from settled_member',
  `insert into granted_membership (account_id, target_group_id, connection_id, how, since)
   select account_id, target_group_id, @connection, 'added', @now from settled_member order by account_id, target_group_id`,
  'delete from dirty',
  `update target set observed_at = @now where id = @target`,
  `update policy set first_approved_at = @now where connection_id = @connection and target_id = @target`,
]
