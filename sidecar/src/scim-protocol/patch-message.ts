import { isJsonObject, memberOf } from './json-object.ts'
import { protocolLimits } from './protocol-limits.ts'
import { ScimError } from './scim-error.ts'

export type ScimPatchVerb = 'add' | 'replace' | 'remove'

/** One operation of a PATCH, its path and value as sent: what they mean depends on the resource type. */
export interface ScimPatchOperation {
  readonly verb: ScimPatchVerb
  /** Absent: each key of `value` is a path of its own. */
  readonly path: string | undefined
  /** Raw JSON; `undefined` when the operation has no value. */
  readonly value: unknown
  /** `op` was not spelt in lower case (Entra without its compliance flag). */
  readonly spelling: 'exact' | 'folded'
}

export interface PatchMessage {
  readonly operations: readonly ScimPatchOperation[]
}

/** Reads a PatchOp message (RFC 7644 3.5.2). Names are read without regard to case; `schemas` is not insisted on. */
export function parsePatch(body: unknown): PatchMessage {
  if (!isJsonObject(body)) throw refuse('The body of a PATCH has to be a JSON object with Operations.')
  const operations = memberOf(body, 'operations')
  const list = isJsonObject(operations) ? [operations] : operations
  if (!Array.isArray(list) || list.length === 0) {
    throw refuse('Operations is missing or empty; send at least one operation with op, path and value.')
  }
  if (list.length > protocolLimits.patchOperations) {
    throw new ScimError(
      413,
      undefined,
      `One PATCH may hold ${protocolLimits.patchOperations} operations; send fewer in one request.`,
    )
  }
  return { operations: list.map(operationOf) }
}

const verbs: ReadonlySet<string> = new Set<ScimPatchVerb>(['add', 'replace', 'remove'])
const isVerb = (text: string): text is ScimPatchVerb => verbs.has(text)

function operationOf(raw: unknown, index: number): ScimPatchOperation {
  const at = `Operations[${index}]`
  if (!isJsonObject(raw)) throw refuse(`${at} is not a JSON object; send op, path and value in an object.`)
  const op = memberOf(raw, 'op')
  const verb = typeof op === 'string' ? op.trim().toLowerCase() : ''
  if (!isVerb(verb)) throw refuse(`${at} has no op that is known; send add, replace or remove.`)
  const path = pathOf(memberOf(raw, 'path'), at)
  if (verb === 'remove' && path === undefined) {
    throw new ScimError(400, 'noTarget', `${at} removes without a path; name the attribute to remove in path.`)
  }
  return { verb, path, value: memberOf(raw, 'value'), spelling: op === verb ? 'exact' : 'folded' }
}

function pathOf(raw: unknown, at: string): string | undefined {
  if (raw === undefined || raw === null) return undefined
  if (typeof raw !== 'string') throw new ScimError(400, 'invalidPath', `${at} has a path that is not text.`)
  return raw.trim() === '' ? undefined : raw.trim()
}

const refuse = (detail: string) => new ScimError(400, 'invalidSyntax', detail)
