import type { ConnectionId } from '../../identity/ids.ts'
import type { Statements } from '../../store/statements.ts'
import type { ScimUserRow } from './scim-row.ts'

const byId = `select 'User' as type, identity_id as key, scim_id as id, body, version, created_at as created,
  modified_at as lastModified from scim_user where connection_id = ? and scim_id = ?`

export const userById = (read: Statements, connection: ConnectionId, id: string): ScimUserRow | undefined =>
  read.get<ScimUserRow>(byId, connection, id)
