import type { Projection } from '../scim-protocol/projection.ts'
import type { BulkMethod } from '../scim-protocol/read-bulk.ts'
import type { ResourceTypeName } from '../scim-protocol/resource.ts'
import { readIfMatch } from './preconditions.ts'
import type { ScimOutcome } from './scim-answer.ts'
import type { ScimCall } from './scim-call.ts'
import type { ScimService } from './scim-service.ts'
import { patchGroup, postGroup, putGroup, removeGroup } from './write-groups.ts'
import { patchUser, postUser, putUser, removeUser } from './write-users.ts'

/** One write, of a request or of an operation of a bulk request. */
export interface Write {
  readonly type: ResourceTypeName
  readonly method: BulkMethod
  /** Undefined for POST. */
  readonly id: string | undefined
  readonly ifMatch: string | undefined
  readonly body: unknown
  readonly projection?: Projection | undefined
}

export interface Written {
  readonly outcome: ScimOutcome
  readonly id: string | undefined
}

/** Throws a ScimError and has then stored nothing. */
export async function writeResource(service: ScimService, call: ScimCall, write: Write): Promise<Written> {
  const { type, id } = write
  call.renew()
  call.note({ resourceType: type, id })
  const outcome = await (type === 'User' ? writeUser(service, call, write) : writeGroup(service, call, write))
  return { outcome, id: id ?? call.notes.id }
}

function writeUser(service: ScimService, call: ScimCall, write: Write): Promise<ScimOutcome> {
  const { method, body } = write
  const answering = answeringOf(service, call, write)
  const subject = { id: write.id ?? '', ifMatch: readIfMatch(write.ifMatch) }
  switch (method) {
    case 'POST':
      return postUser(service, call, body, answering)
    case 'PUT':
      return putUser(service, call, subject, body, answering)
    case 'PATCH':
      return patchUser(service, call, subject, body, answering)
    case 'DELETE':
      return removeUser(service, call, subject)
  }
}

function writeGroup(service: ScimService, call: ScimCall, write: Write): Promise<ScimOutcome> {
  const { method, body } = write
  const answering = answeringOf(service, call, write)
  const subject = { id: write.id ?? '', ifMatch: readIfMatch(write.ifMatch) }
  switch (method) {
    case 'POST':
      return postGroup(service, call, body, answering)
    case 'PUT':
      return putGroup(service, call, subject, body, answering)
    case 'PATCH':
      return patchGroup(service, call, subject, body, answering)
    case 'DELETE':
      return removeGroup(service, call, subject)
  }
}

const answeringOf = ({ read }: ScimService, { baseUrl }: ScimCall, { projection }: Write) => ({
  read,
  baseUrl,
  projection,
})
