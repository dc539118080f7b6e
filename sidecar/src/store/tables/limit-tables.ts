import type { Generated } from 'kysely'
import type {
  AccountKey,
  ConnectionId,
  IdentityId,
  NameKey,
  PlanId,
  SourceGroupId,
  TargetId,
} from '../../identity/ids.ts'
import type { Maybe } from './columns.ts'

/** What an administrator said beyond the policies. */
export interface LimitTables {
  exception: {
    id: Generated<number>
    target_id: TargetId
    /** Of the account of that name when it was said; `null`: there was none. */
    account_key: Maybe<AccountKey>
    name: string
    name_key: NameKey
    group_name: Maybe<string>
    /** Empty: the whole account. */
    group_key: NameKey | ''
    reason: string
    excepted_by: string
    excepted_at: number
    until_at: Maybe<number>
  }
  announcement: {
    id: Generated<number>
    connection_id: ConnectionId
    source_group_id: Maybe<SourceGroupId>
    /** Its name when it was announced. */
    source_group: Maybe<string>
    filter: Maybe<string>
    people: number
    from_at: number
    until_at: number
    reason: string
    announced_by: string
    announced_at: number
    /** Who was gone from the source by then is not meant. */
    gone_after: number
  }
  announced_person: { announcement_id: number; identity_id: IdentityId }
  announced_leaver: { plan_id: PlanId; identity_id: IdentityId; announcement_id: number }
  pause: {
    id: Generated<number>
    connection_id: Maybe<ConnectionId>
    target_id: Maybe<TargetId>
    reason: Maybe<string>
    paused_by: string
    paused_at: number
  }
}
