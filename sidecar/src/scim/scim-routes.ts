import type { FastifyInstance, FastifyRequest } from 'fastify'
import { isJsonObject, type JsonObject } from '../scim-protocol/json-object.ts'
import { readAnsweredAttributes } from '../scim-protocol/list-query.ts'
import type { ResourceTypeName } from '../scim-protocol/resource.ts'
import { resourceTypes } from '../scim-protocol/resource-types.ts'
import { ScimError } from '../scim-protocol/scim-error.ts'
import { addPath, type Handler } from './add-path.ts'
import { runBulk } from './bulk-requests.ts'
import { addDiscoveryRoutes } from './discovery-routes.ts'
import { listOfAll, listOfType } from './list-resources.ts'
import { readById } from './read-resource-by-id.ts'
import { type ScimService, scimLimits } from './scim-service.ts'
import { writeResource } from './write-resource.ts'

/** Every endpoint of RFC 7644 below one connection. A method that a path does not have is 405, never 404. */
export function addScimRoutes(app: FastifyInstance, service: ScimService): void {
  addResourceRoutes(app, service, 'User', scimLimits.userBytes)
  addResourceRoutes(app, service, 'Group', scimLimits.groupBytes)
  addPath(app, '', { GET: ({ call, parameters }) => listOfAll(service, call, parameters) })
  addPath(app, '/.search', { POST: ({ call, request }) => listOfAll(service, call, searchOf(request)) })
  const bulk: Handler = ({ call, request }) => runBulk(service, call, request.body)
  addPath(app, '/Bulk', { POST: bulk }, scimLimits.bulkBytes)
  const me: Handler = () => {
    throw new ScimError(
      501,
      undefined,
      'A token belongs to a provider and not to a person, so there is no /Me; use /Users.',
    )
  }
  addPath(app, '/Me', { GET: me, POST: me, PUT: me, PATCH: me, DELETE: me })
  addDiscoveryRoutes(app)
}

function addResourceRoutes(app: FastifyInstance, service: ScimService, type: ResourceTypeName, bytes: number): void {
  const { endpoint } = resourceTypes[type]
  const write =
    (method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'): Handler =>
    async ({ call, request, parameters, id }) => {
      const { outcome } = await writeResource(service, call, {
        type,
        method,
        id: method === 'POST' ? undefined : id,
        ifMatch: request.headers['if-match'],
        body: request.body,
        projection: readAnsweredAttributes(resourceTypes[type], parameters),
      })
      return outcome
    }
  const list: Handler = ({ call, parameters }) => {
    call.note({ resourceType: type })
    return listOfType(service, call, type, parameters)
  }
  const search: Handler = ({ call, request }) => {
    call.note({ resourceType: type })
    return listOfType(service, call, type, searchOf(request))
  }
  addPath(app, endpoint, { GET: list, POST: write('POST') }, bytes)
  addPath(app, `${endpoint}/.search`, { POST: search })
  const read: Handler = ({ call, request, parameters, id }) =>
    readById(service, call, type, id, parameters, request.headers['if-none-match'])
  const handlers = { GET: read, PUT: write('PUT'), PATCH: write('PATCH'), DELETE: write('DELETE') }
  addPath(app, `${endpoint}/:id`, handlers, bytes)
}

/** The body of a `.search`; the query string does not count there (RFC 7644 3.4.3). */
function searchOf({ body }: FastifyRequest): JsonObject {
  if (isJsonObject(body)) return body
  throw new ScimError(
    400,
    'invalidSyntax',
    'The body of a search has to be a JSON object with the parameters of the query.',
  )
}
