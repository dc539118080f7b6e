import { bulkReferences } from './bulk-references.ts'
import { isJsonObject, type JsonObject, memberOf } from './json-object.ts'
import { protocolLimits } from './protocol-limits.ts'
import { invalidSyntax } from './refusals.ts'
import type { ResourceTypeName } from './resource.ts'
import { resourceTypes } from './resource-types.ts'
import { ScimError } from './scim-error.ts'

export type BulkMethod = 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** What a bulk operation is answered with, whatever becomes of it. */
interface BulkPlace {
  /** Its place in the request, and in the answer. */
  readonly index: number
  /** In capitals; as sent where it is no method. */
  readonly method: string
  readonly bulkId: string | undefined
}

export interface BulkOperation extends BulkPlace {
  readonly kind: 'operation'
  readonly method: BulkMethod
  readonly type: ResourceTypeName
  /** Undefined for POST; may be `bulkId:…` of a resource that the same request creates. */
  readonly id: string | undefined
  /** The ETag that the resource must have, as in `If-Match`. */
  readonly version: string | undefined
  readonly data: unknown
  /** bulkIds that its data and path refer to. */
  readonly references: ReadonlySet<string>
}

/** An operation that cannot be carried out; the others can. */
export interface RefusedBulkOperation extends BulkPlace {
  readonly kind: 'refused'
  readonly error: ScimError
}

export interface BulkRequest {
  /** After this many errors the rest is left undone; undefined: never. */
  readonly failOnErrors: number | undefined
  readonly operations: readonly (BulkOperation | RefusedBulkOperation)[]
}

/**
 * Reads a BulkRequest (RFC 7644 3.7). One faulty operation is refused alone; only a message that is none is an error, or one over
 * `maxOperations` (413).
 */
export function readBulk(body: unknown, maxOperations: number = protocolLimits.bulkOperations): BulkRequest {
  if (!isJsonObject(body)) throw invalidSyntax('The body of a bulk request has to be a JSON object with Operations.')
  const list = memberOf(body, 'operations')
  if (!Array.isArray(list)) throw invalidSyntax('Operations is missing; send a list of operations.')
  if (list.length > maxOperations) {
    throw new ScimError(
      413,
      undefined,
      `A bulk request may hold ${maxOperations} operations (maxOperations); send fewer.`,
    )
  }
  const seen = new Set<string>()
  return { failOnErrors: failOnErrorsOf(body), operations: list.map((raw, index) => readOperation(raw, index, seen)) }
}

/** Refuses a bulk request whose body is over the limit, for whoever counts the bytes. */
export const bulkPayloadTooLarge = (maxPayloadSize: number): ScimError =>
  new ScimError(
    413,
    undefined,
    `A bulk request may have ${maxPayloadSize} bytes (maxPayloadSize); send fewer operations.`,
  )

function failOnErrorsOf(body: JsonObject): number | undefined {
  const value = memberOf(body, 'failonerrors')
  if (value === undefined || value === null) return undefined
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1) return value
  throw invalidSyntax('failOnErrors has to be a whole number of at least 1; leave it out to go on after every error.')
}

function readOperation(raw: unknown, index: number, seen: Set<string>): BulkOperation | RefusedBulkOperation {
  const object = isJsonObject(raw) ? raw : {}
  const place = { index, method: methodOf(object), bulkId: textOf(memberOf(object, 'bulkid')) }
  try {
    return { kind: 'operation', ...place, ...partsOf(object, place, seen) }
  } catch (error) {
    if (!(error instanceof ScimError)) throw error
    return { kind: 'refused', ...place, error }
  }
}

type Parts = Pick<BulkOperation, 'method' | 'type' | 'id' | 'version' | 'data' | 'references'>

function partsOf(object: JsonObject, { method, bulkId }: BulkPlace, seen: Set<string>): Parts {
  if (!isMethod(method)) throw invalidSyntax('method is missing or unknown; send POST, PUT, PATCH or DELETE.')
  if (method === 'POST') takeBulkId(bulkId, seen)
  const { type, id } = pathOf(textOf(memberOf(object, 'path')) ?? '', method)
  const data = memberOf(object, 'data')
  const references = method === 'DELETE' ? new Set<string>() : bulkReferences(data)
  for (const reference of bulkReferences(id)) references.add(reference)
  return { method, type, id, version: textOf(memberOf(object, 'version')), data, references }
}

function takeBulkId(bulkId: string | undefined, seen: Set<string>): void {
  if (bulkId === undefined) throw invalidSyntax('bulkId is missing; each POST of a bulk request needs one.')
  if (seen.has(bulkId)) throw invalidSyntax('bulkId was used by an earlier POST of the request; give each its own.')
  seen.add(bulkId)
}

const methods: ReadonlySet<string> = new Set<BulkMethod>(['POST', 'PUT', 'PATCH', 'DELETE'])
const isMethod = (text: string): text is BulkMethod => methods.has(text)
const methodOf = (object: JsonObject): string => (textOf(memberOf(object, 'method')) ?? '').slice(0, 20).toUpperCase()

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

/** `/Users` for POST, `/Users/<id>` for the others. */
function pathOf(
  path: string,
  method: BulkMethod,
): { readonly type: ResourceTypeName; readonly id: string | undefined } {
  const [, endpoint = '', id] = /^\/?([A-Za-z]+)(?:\/([^/?#]+))?\/?$/.exec(path) ?? []
  const type = Object.values(resourceTypes).find(
    (known) => known.endpoint.toLowerCase() === `/${endpoint.toLowerCase()}`,
  )
  if (type === undefined || (id === undefined) !== (method === 'POST')) {
    throw invalidSyntax(`path does not fit ${method}; send /Users or /Groups, followed by the id except for POST.`)
  }
  return { type: type.name, id: id === undefined ? undefined : decoded(id) }
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    throw invalidSyntax('path holds an id that is not encoded as a URL; encode it.')
  }
}
