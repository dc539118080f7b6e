import { etagOf } from '../scim-protocol/answer-resource.ts'
import type { JsonObject } from '../scim-protocol/json-object.ts'
import { readAnsweredAttributes } from '../scim-protocol/list-query.ts'
import type { ResourceTypeName } from '../scim-protocol/resource.ts'
import { resourceTypes } from '../scim-protocol/resource-types.ts'
import { groupById } from '../state/scim/read-groups.ts'
import { userById } from '../state/scim/read-users.ts'
import { noSuchResource } from '../state/scim/scim-refusals.ts'
import { outcomeOf } from './answer-stored.ts'
import { hasVersion } from './preconditions.ts'
import type { ScimOutcome } from './scim-answer.ts'
import type { ScimCall } from './scim-call.ts'
import type { ScimService } from './scim-service.ts'

/** GET of one resource: the stored text, joined with what depends on version and edges. Throws 404. */
export async function readById(
  { read }: ScimService,
  { connection, baseUrl, note }: ScimCall,
  type: ResourceTypeName,
  id: string,
  parameters: JsonObject,
  ifNoneMatch: string | undefined,
): Promise<ScimOutcome> {
  note({ resourceType: type, id })
  const row = type === 'User' ? userById(read, connection.id, id) : groupById(read, connection.id, id)
  if (row === undefined) throw noSuchResource(type)
  if (hasVersion(ifNoneMatch, row.version)) return { status: 304, body: undefined, etag: etagOf(row.version) }
  const projection = readAnsweredAttributes(resourceTypes[type], parameters)
  const { location: _, ...outcome } = await outcomeOf(200, type, row, { read, baseUrl, projection })
  return outcome
}
