import { listDeletedItems } from './deleted-items.ts'
import { getMemberGroups } from './get-member-groups.ts'
import { GraphError, noSuchSegment } from './graph-error.ts'
import type { GraphHandler } from './graph-request.ts'
import { getGroup, listGroups } from './groups.ts'
import { groupsDelta } from './groups-delta.ts'
import { listMemberOf, listMembers } from './members.ts'
import { getServicePrincipal, listAppRoleAssignedTo, listServicePrincipals } from './service-principals.ts'
import { getUser, listUsers } from './users.ts'
import { usersDelta } from './users-delta.ts'

type Route = readonly [method: string, path: string, handler: GraphHandler]

/** The calls of Microsoft Graph, calls; the first that fits counts. `*` is a variable segment. */
const routes: readonly Route[] = [
  ['GET', 'users', listUsers],
  ['GET', 'users/delta', usersDelta],
  ['GET', 'users/delta()', usersDelta],
  ['GET', 'users/*', getUser],
  ['GET', 'users/*/memberOf', listMemberOf(false)],
  ['GET', 'users/*/memberOf/*', listMemberOf(false)],
  ['GET', 'users/*/transitiveMemberOf', listMemberOf(true)],
  ['GET', 'users/*/transitiveMemberOf/*', listMemberOf(true)],
  ['POST', 'users/*/getMemberGroups', getMemberGroups],
  ['GET', 'groups', listGroups],
  ['GET', 'groups/delta', groupsDelta],
  ['GET', 'groups/delta()', groupsDelta],
  ['GET', 'groups/*', getGroup],
  ['GET', 'groups/*/members', listMembers(false)],
  ['GET', 'groups/*/members/*', listMembers(false)],
  ['GET', 'groups/*/transitiveMembers', listMembers(true)],
  ['GET', 'groups/*/transitiveMembers/*', listMembers(true)],
  ['GET', 'servicePrincipals', listServicePrincipals],
  ['GET', 'servicePrincipals/*', getServicePrincipal],
  ['GET', 'servicePrincipals/*/appRoleAssignedTo', listAppRoleAssignedTo],
  ['GET', 'directory/deletedItems/*', listDeletedItems],
]

export function findRoute(method: string, path: string): { handler: GraphHandler; arguments_: string[] } {
  const segments = keysAsSegments(path).map(decoded)
  const fitting = routes.filter(([, pattern]) => argumentsOf(pattern, segments))
  const route = fitting.find(([each]) => each === method)
  if (!fitting[0]) throw noSuchSegment(segments.at(-1) ?? '')
  if (!route)
    throw new GraphError(405, 'Request_BadRequest', `Specified HTTP method is not allowed for the request target.`)
  return { handler: route[2], arguments_: argumentsOf(route[1], segments) ?? [] }
}

/** Keys may be written in parentheses: `users('upn')`, `servicePrincipals(appId='...')` (Microsoft Graph, calls). */
function keysAsSegments(path: string): string[] {
  return path
    .split('/')
    .slice(1)
    .flatMap((segment) => {
      const [, set, key = ''] = /^(users|groups|servicePrincipals)\((.*)\)$/.exec(decoded(segment)) ?? []
      if (!set) return [segment]
      const plain = /^'(.*)'$/.exec(key)?.[1]?.replaceAll("''", "'")
      return [set, encodeURIComponent(plain ?? `(${key})`)]
    })
}

function argumentsOf(pattern: string, segments: readonly string[]): string[] | undefined {
  const parts = pattern.split('/')
  if (parts.length !== segments.length) return undefined
  const fits = parts.every((part, index) => part === '*' || part.toLowerCase() === segments[index]?.toLowerCase())
  return fits ? segments.filter((_, index) => parts[index] === '*') : undefined
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    throw noSuchSegment(segment)
  }
}
