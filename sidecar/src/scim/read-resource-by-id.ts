import type { JsonObject } from '../scim-protocol/json-object.ts'
import { readAnsweredAttributes } from '../scim-protocol/list-query.ts'
import { etagOf } from '../scim-protocol/meta-text.ts'
import type { ResourceTypeName } from '../scim-protocol/resource.ts'
import { resourceTypes } from '../scim-protocol/resource-types.ts'
import { groupById } from '../state/scim/read-groups.ts'
import { noSuchResource } from '../state/scim/scim-refusals.ts'
import { type Answering, outcomeOfGroup, outcomeOfUser, readAnswer } from './answer-stored.ts'
import { hasVersion } from './preconditions.ts'
import type { ScimOutcome } from './scim-answer.ts'
import type { ScimCall } from './scim-call.ts'
import type { ScimService } from './scim-service.ts'

/** GET of one resource. Throws 404. */
export async function readById(
  { read }: ScimService,
  call: ScimCall,
  type: ResourceTypeName,
  id: string,
  parameters: JsonObject,
  ifNoneMatch: string | undefined,
): Promise<ScimOutcome> {
  call.note({ resourceType: type, id })
  const projection = readAnsweredAttributes(resourceTypes[type], parameters)
  const answering: Answering = { read, baseUrl: call.baseUrl, projection }
  const readOne = type === 'User' ? readUser : readGroup
  const { location: _, ...outcome } = await readOne(call, id, answering, ifNoneMatch)
  return outcome
}

function readUser(
  { connection }: ScimCall,
  id: string,
  answering: Answering,
  ifNoneMatch: string | undefined,
): ScimOutcome {
  const user = readAnswer(answering.read, connection.id, id, answering)
  if (user === undefined) throw noSuchResource('User')
  return hasVersion(ifNoneMatch, user.version) ? notModified(user.version) : outcomeOfUser(200, id, user, answering)
}

function readGroup(
  { connection }: ScimCall,
  id: string,
  answering: Answering,
  ifNoneMatch: string | undefined,
): ScimOutcome | Promise<ScimOutcome> {
  const group = groupById(answering.read, connection.id, id)
  if (group === undefined) throw noSuchResource('Group')
  return hasVersion(ifNoneMatch, group.version) ? notModified(group.version) : outcomeOfGroup(200, group, answering)
}

const notModified = (version: number): ScimOutcome => ({ status: 304, body: undefined, etag: etagOf(version) })
