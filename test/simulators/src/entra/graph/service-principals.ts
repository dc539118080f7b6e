import type { AppRoleAssignment } from '../tenant/application.ts'
import { isLive, type ServicePrincipalObject } from '../tenant/directory-object.ts'
import type { Tenant } from '../tenant/tenant.ts'
import { entityTypes } from './entity-types.ts'
import { parseFilter } from './filter.ts'
import { badRequest, notFound } from './graph-error.ts'
import { type GraphContext, type GraphHandler, requireAny, rights } from './graph-request.ts'
import { listPage } from './page.ts'
import { isEventual, readOptions, readSelect, readTop } from './query-options.ts'
import { rendered } from './render.ts'
import { readToken, writeToken } from './state-token.ts'

const isServicePrincipal = (object: { kind: string }): object is ServicePrincipalObject =>
  object.kind === 'servicePrincipal'

/** GET /servicePrincipals, filtered by appId or displayName (Microsoft Graph, permissions, calls). */
export const listServicePrincipals: GraphHandler = (context, request) => {
  requireAny(context, rights.applications)
  const options = readOptions(request, ['$select', '$top', '$filter', '$count', '$skiptoken'])
  const select = readSelect(options, entityTypes.servicePrincipal, [])
  const written = options.get('$filter')
  const filter = written ? parseFilter(written, entityTypes.servicePrincipal) : () => true
  return listPage(context, request, options, {
    objects: context.tenant.state.objects.filter(isServicePrincipal),
    matches: (object) => isLive(object) && filter(object),
    show: (object) => rendered(object, select),
    context: 'servicePrincipals',
    counted: isEventual(request),
  })
}

/** GET /servicePrincipals/{id} and /servicePrincipals(appId='...'). */
export const getServicePrincipal: GraphHandler = (context, request, [key = '']) => {
  requireAny(context, rights.applications)
  const select = readSelect(readOptions(request, ['$select']), entityTypes.servicePrincipal, [])
  const body = rendered(findServicePrincipal(context, key), select)
  return { status: 200, body: { '@odata.context': `${request.root}/$metadata#servicePrincipals/$entity`, ...body } }
}

/** GET /servicePrincipals/{id}/appRoleAssignedTo: users and groups assigned to the app (Microsoft Graph, memberships). */
export const listAppRoleAssignedTo: GraphHandler = (context, request, [key = '']) => {
  requireAny(context, rights.applications)
  const options = readOptions(request, ['$top', '$skiptoken'])
  const { tenant } = context
  const { handle, id } = findServicePrincipal(context, key)
  const all = tenant.state.assignments
    .filter(({ resource }) => resource === handle)
    .flatMap((each) => shown(tenant, each))
  const start = readStart(tenant, request.path, options.get('$skiptoken'))
  const end = start + readTop(options)
  const token = writeToken(tenant.tenantId, { path: request.path, start: end })
  const body = {
    '@odata.context': `${request.root}/$metadata#servicePrincipals('${id}')/appRoleAssignedTo`,
    ...(end < all.length
      ? { '@odata.nextLink': `${request.root}${request.path}?$top=${readTop(options)}&$skiptoken=${token}` }
      : {}),
    value: all.slice(start, end),
  }
  return { status: 200, body }
}

/** Assignments carry the display names of both sides; one whose principal is deleted is not shown. */
function shown(tenant: Tenant, { id, principal, resource, appRoleId, createdDateTime }: AppRoleAssignment): object[] {
  const [subject, app] = [tenant.directory.at(principal), tenant.directory.at(resource)]
  if (!subject || !app || !isLive(subject)) return []
  const principalType = `${subject.kind[0]?.toUpperCase()}${subject.kind.slice(1)}`
  const who = { principalDisplayName: subject.properties.displayName, principalId: subject.id, principalType }
  const what = { resourceDisplayName: app.properties.displayName, resourceId: app.id }
  return [{ id, deletedDateTime: null, appRoleId, createdDateTime, ...who, ...what }]
}

function readStart(tenant: Tenant, path: string, token: string | undefined): number {
  if (token === undefined) return 0
  const state = readToken<{ path: string; start: number }>(tenant.tenantId, token)
  if (state?.path !== path) throw badRequest('The specified page token value is not valid.')
  return state.start
}

/** By object id, or by the alternate key `(appId='...')`. */
function findServicePrincipal({ tenant }: GraphContext, key: string): ServicePrincipalObject {
  const appId = /^\(appId='([^']+)'\)$/i.exec(key)?.[1]
  const object = appId
    ? tenant.state.objects.find((each) => isServicePrincipal(each) && each.properties.appId === appId)
    : tenant.directory.find(key)
  if (!object || !isServicePrincipal(object) || !isLive(object)) throw notFound(appId ?? key)
  return object
}
