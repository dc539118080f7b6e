import { isLive, type UserObject } from '../tenant/directory-object.ts'
import { entityTypes } from './entity-types.ts'
import { parseFilter } from './filter.ts'
import { notFound } from './graph-error.ts'
import { type GraphContext, type GraphHandler, requireAny, rights } from './graph-request.ts'
import { listPage } from './page.ts'
import { isEventual, readOptions, readSelect } from './query-options.ts'
import { rendered } from './render.ts'

/** GET /users (Microsoft Graph, calls). */
export const listUsers: GraphHandler = (context, request) => {
  requireAny(context, rights.users)
  const { state } = context.tenant
  const options = readOptions(request, ['$select', '$top', '$filter', '$count', '$skiptoken'])
  const select = readSelect(options, entityTypes.user, state.extensionProperties)
  const filter = parseFilterOf(options.get('$filter'))
  return listPage(context, request, options, {
    objects: state.users,
    matches: (object) => isLive(object) && filter(object),
    show: (object) => rendered(object, select),
    context: select ? `users(${select.join(',')})` : 'users',
    counted: isEventual(request),
  })
}

const parseFilterOf = (filter: string | undefined) => (filter ? parseFilter(filter, entityTypes.user) : () => true)

/** GET /users/{id} and /users/{userPrincipalName} (Microsoft Graph, calls). */
export const getUser: GraphHandler = (context, request, [name = '']) => {
  requireAny(context, rights.users)
  const options = readOptions(request, ['$select'])
  const select = readSelect(options, entityTypes.user, context.tenant.state.extensionProperties)
  const shape = select ? `users(${select.join(',')})/$entity` : 'users/$entity'
  return {
    status: 200,
    body: { '@odata.context': `${request.root}/$metadata#${shape}`, ...rendered(findUser(context, name), select) },
  }
}

/** A person by object id or UPN; soft-deleted people are not found under either. */
export function findUser({ tenant }: GraphContext, name: string): UserObject {
  const object = tenant.directory.find(name) ?? tenant.directory.findByUpn(name)
  if (object?.kind !== 'user' || !isLive(object)) throw notFound(name)
  return object
}
