import { type GroupObject, isLive } from '../tenant/directory-object.ts'
import { entityTypes } from './entity-types.ts'
import { parseFilter } from './filter.ts'
import { notFound } from './graph-error.ts'
import { type GraphContext, type GraphHandler, hasAny, requireAny, rights } from './graph-request.ts'
import { listPage } from './page.ts'
import { isEventual, readOptions, readSelect } from './query-options.ts'
import { rendered } from './render.ts'

/** GET /groups; `GroupMember.Read.All` is enough (Microsoft Graph, permissions). */
export const listGroups: GraphHandler = (context, request) => {
  requireAny(context, rights.groups)
  const options = readOptions(request, ['$select', '$top', '$filter', '$count', '$skiptoken'])
  const select = readSelect(options, entityTypes.group, [])
  const written = options.get('$filter')
  const filter = written ? parseFilter(written, entityTypes.group) : () => true
  return listPage(context, request, options, {
    objects: context.tenant.state.groups,
    matches: (object) => isLive(object) && filter(object),
    show: (object) => rendered(object, select),
    context: select ? `groups(${select.join(',')})` : 'groups',
    counted: isEventual(request),
  })
}

/** GET /groups/{id}. */
export const getGroup: GraphHandler = (context, request, [id = '']) => {
  requireAny(context, rights.groups)
  const select = readSelect(readOptions(request, ['$select']), entityTypes.group, [])
  const shape = select ? `groups(${select.join(',')})/$entity` : 'groups/$entity'
  return {
    status: 200,
    body: { '@odata.context': `${request.root}/$metadata#${shape}`, ...rendered(findGroup(context, id), select) },
  }
}

export function findGroup({ tenant }: GraphContext, id: string): GroupObject {
  const object = tenant.directory.find(id)
  if (object?.kind !== 'group' || !isLive(object)) throw notFound(id)
  return object
}

/** Members of a group with hidden membership need `Member.Read.Hidden` (Microsoft Graph, permissions). */
export const maySeeMembers = (context: GraphContext, group: GroupObject): boolean =>
  group.properties.visibility !== 'HiddenMembership' || hasAny(context, rights.hiddenMembers)
