import type { DirectoryObject } from '../tenant/directory-object.ts'
import { groupsOf, membersOf } from './closure.ts'
import { directoryObjectType, entityTypes } from './entity-types.ts'
import { noSuchSegment } from './graph-error.ts'
import {
  type GraphAnswer,
  type GraphContext,
  type GraphHandler,
  type GraphRequest,
  requireAny,
  rights,
} from './graph-request.ts'
import { findGroup, maySeeMembers } from './groups.ts'
import { listPage } from './page.ts'
import { isEventual, readOptions, readSelect, requireEventual } from './query-options.ts'
import { renderedAsMember } from './render.ts'
import { findUser } from './users.ts'

type Kind = DirectoryObject['kind']

/**
 * GET /groups/{id}/members and transitiveMembers, also cast to one type (Microsoft Graph, calls).
 * [believed] Hidden members the caller may not see are left out without an error: the harmful one of the two
 * possible answers, because it looks like an empty group.
 */
export const listMembers =
  (transitive: boolean): GraphHandler =>
  (context, request, [id = '', cast]) => {
    requireAny(context, rights.groups)
    const group = findGroup(context, id)
    const members = membersOf(context.tenant, group, transitive, (each) => maySeeMembers(context, each))
    return listObjects(context, request, members, cast)
  }

/**
 * GET /users/{id}/memberOf and transitiveMemberOf, also cast to groups. Either right opens it; with the one for
 * users alone the groups show nothing but their ids (user-list-transitivememberof, "limited info").
 */
export const listMemberOf =
  (transitive: boolean): GraphHandler =>
  (context, request, [name = '', cast]) => {
    requireAny(context, [...rights.users, ...rights.groups])
    const groups = groupsOf(context.tenant, findUser(context, name), transitive, (each) => maySeeMembers(context, each))
    return listObjects(context, request, groups, cast)
  }

function listObjects(
  context: GraphContext,
  request: GraphRequest,
  objects: readonly DirectoryObject[],
  cast: string | undefined,
): GraphAnswer {
  const kind = readCast(cast)
  const options = readOptions(request, ['$select', '$top', '$count', '$skiptoken'])
  if (kind) requireEventual(request, options, 'An OData cast')
  const select = readSelect(
    options,
    kind ? entityTypes[kind] : directoryObjectType,
    context.tenant.state.extensionProperties,
  )
  return listPage(context, request, options, {
    objects,
    matches: (object) => kind === undefined || object.kind === kind,
    show: (object) => renderedAsMember(context, object, select),
    context: kind ? `${kind}s` : 'directoryObjects',
    counted: isEventual(request),
  })
}

function readCast(cast: string | undefined): Kind | undefined {
  if (cast === undefined) return undefined
  const kind = Object.keys(entityTypes).find((name) => cast === `microsoft.graph.${name}`) as Kind | undefined
  if (!kind) throw noSuchSegment(cast)
  return kind
}
