import type { FastifyInstance } from 'fastify'
import { describeResourceType } from '../scim-protocol/describe-resource-type.ts'
import { describeSchema } from '../scim-protocol/describe-schema.ts'
import { memberOf } from '../scim-protocol/json-object.ts'
import { listResponse, resourceTexts } from '../scim-protocol/list-response.ts'
import { protocolLimits } from '../scim-protocol/protocol-limits.ts'
import type { ScimObject } from '../scim-protocol/resource.ts'
import { resourceTypes, schemas } from '../scim-protocol/resource-types.ts'
import { ScimError } from '../scim-protocol/scim-error.ts'
import { serviceProviderConfig } from '../scim-protocol/service-provider-config.ts'
import { addPath, type ScimRequest } from './add-path.ts'
import type { ScimOutcome } from './scim-answer.ts'
import { scimLimits } from './scim-service.ts'

/** What clients learn about the service, without credentials. Parameters of lists are ignored, a filter is refused (RFC 7644 4). */
export function addDiscoveryRoutes(app: FastifyInstance): void {
  const get = (path: string, describe: (baseUrl: string, id: string) => ScimOutcome) =>
    addPath(app, path, { GET: (request) => withoutFilter(request, describe) })

  get('/ServiceProviderConfig', (baseUrl) =>
    found(
      serviceProviderConfig({
        baseUrl,
        maxResults: scimLimits.maxPageSize,
        defaultPageSize: scimLimits.defaultPageSize,
        bulk: { maxOperations: protocolLimits.bulkOperations, maxPayloadBytes: scimLimits.bulkBytes },
        cursorTimeoutSeconds: scimLimits.cursorTimeoutSeconds,
      }),
    ),
  )
  const types = Object.values(resourceTypes)
  get('/ResourceTypes', (baseUrl) => listed(types.map((type) => describeResourceType(type, baseUrl))))
  get('/ResourceTypes/:id', (baseUrl, id) => {
    const type = types.find(({ name }) => name.toLowerCase() === id.toLowerCase())
    return type === undefined ? missing('resource type', 'ResourceTypes') : found(describeResourceType(type, baseUrl))
  })
  get('/Schemas', (baseUrl) => listed(schemas.map((schema) => describeSchema(schema, baseUrl))))
  get('/Schemas/:id', (baseUrl, id) => {
    const schema = schemas.find(({ urn }) => urn.toLowerCase() === id.toLowerCase())
    return schema === undefined ? missing('schema', 'Schemas') : found(describeSchema(schema, baseUrl))
  })
}

function withoutFilter(
  { call, parameters, id }: ScimRequest,
  describe: (baseUrl: string, id: string) => ScimOutcome,
): ScimOutcome {
  if (memberOf(parameters, 'filter') === undefined) return describe(call.baseUrl, id)
  throw new ScimError(403, undefined, 'What the service describes cannot be filtered; leave the filter out.')
}

const found = (described: ScimObject): ScimOutcome => ({ status: 200, body: JSON.stringify(described) })

const listed = (described: readonly ScimObject[]): ScimOutcome => ({
  status: 200,
  body: listResponse({
    totalResults: described.length,
    resources: [resourceTexts(described.map((one) => JSON.stringify(one)))],
    startIndex: 1,
  }),
})

function missing(what: string, path: string): never {
  throw new ScimError(404, undefined, `There is no such ${what}; /${path} lists them.`)
}
