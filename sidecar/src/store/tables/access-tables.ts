import type { Generated } from 'kysely'
import type { NameKey } from '../../identity/ids.ts'
import type { Maybe } from './columns.ts'

/** Who may sign in to the service, and its settings. */
export interface AccessTables {
  setting: { name: string; value: string }
  admin_token: {
    id: Generated<number>
    name: string
    name_key: NameKey
    token_hash: string
    created_at: number
    expires_at: Maybe<number>
    last_used_at: Maybe<number>
  }
  session: {
    id: Generated<number>
    session_hash: string
    admin_token_id: number
    created_at: number
    expires_at: number
  }
}
