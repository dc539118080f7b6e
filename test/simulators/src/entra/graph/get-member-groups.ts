import { groupsOf } from './closure.ts'
import { badRequest, GraphError } from './graph-error.ts'
import { type GraphHandler, requireAny, rights } from './graph-request.ts'
import { maySeeMembers } from './groups.ts'
import { readOptions } from './query-options.ts'
import { findUser } from './users.ts'

const largestAnswer = 2046

/** POST /users/{id}/getMemberGroups: ids of all groups, nested ones included (Microsoft Graph, calls, memberships). */
export const getMemberGroups: GraphHandler = (context, request, [name = '']) => {
  requireAny(context, rights.users)
  requireAny(context, rights.groups)
  readOptions(request, [])
  const securityEnabledOnly = readBody(request.body)
  const groups = groupsOf(context.tenant, findUser(context, name), true, (each) => maySeeMembers(context, each))
  const wanted = groups.filter(({ properties }) => !securityEnabledOnly || properties.securityEnabled === true)
  if (wanted.length > largestAnswer)
    throw new GraphError(400, 'Directory_ResultSizeLimitExceeded', 'The result is too large.')
  return {
    status: 200,
    body: { '@odata.context': `${request.root}/$metadata#Collection(Edm.String)`, value: wanted.map(({ id }) => id) },
  }
}

function readBody(body: unknown): boolean {
  const { securityEnabledOnly, ...others } = (typeof body === 'object' ? (body ?? {}) : {}) as Record<string, unknown>
  const [other] = Object.keys(others)
  if (other)
    throw badRequest(
      `The parameter '${other}' in the request payload is not a valid parameter for the operation 'getMemberGroups'.`,
    )
  if (typeof securityEnabledOnly === 'boolean') return securityEnabledOnly
  throw badRequest(`The request body must contain the boolean parameter 'securityEnabledOnly'.`)
}
