import { refuse, told } from './answer.ts'
import { groupsBean, usersBean } from './beans.ts'
import type { Handler } from './call.ts'
import { parseCql } from './cql.ts'

/** Inactive ones too unless the restriction says otherwise; there is no total (Crowd REST, calls). */
export const search: Handler = (call) => {
  const kind = call.query['entity-type']
  const restriction = call.query.restriction ?? ''
  const fits = restriction === '' ? () => true : parseCql(restriction)
  if (!fits) return refuse(400, 'ILLEGAL_ARGUMENT', `The search restriction is not valid: ${restriction}`)
  if (kind === 'user') return told('users', usersBean(call, call.page(call.realm.users().filter(fits))))
  if (kind === 'group') return told('groups', groupsBean(call, call.page(call.realm.groups().filter(fits))))
  return refuse(400, 'ILLEGAL_ARGUMENT', `Unknown entity type <${kind}>`)
}
