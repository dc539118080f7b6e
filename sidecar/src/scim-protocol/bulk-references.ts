import { isInert, isJsonObject } from './json-object.ts'
import { protocolLimits } from './protocol-limits.ts'
import { invalidSyntax } from './refusals.ts'
import { ScimError } from './scim-error.ts'

/** The bulkIds that a value refers to, wherever they stand in it (RFC 7644 3.7.2). */
export function bulkReferences(data: unknown): Set<string> {
  const found = new Set<string>()
  mapTexts(data, 0, (text) => {
    replaceReferences(text, (bulkId) => {
      found.add(bulkId)
      return ''
    })
    return text
  })
  return found
}

/**
 * The data with every reference replaced by the id of what was created.
 * @throws ScimError 409 for a reference to what was not created: an operation that failed, or none at all
 */
export const resolveBulkIds = (data: unknown, known: ReadonlyMap<string, string>): unknown =>
  mapTexts(data, 0, (text) =>
    replaceReferences(text, (bulkId) => {
      const id = known.get(bulkId)
      if (id !== undefined) return id
      const detail =
        'A bulkId that the operation refers to was not created by this request; repeat it once that exists.'
      throw new ScimError(409, undefined, detail)
    }),
  )

/** The data without what refers to these bulkIds: the element or the object goes, as a reference is all it says. */
export const withoutBulkIds = (data: unknown, bulkIds: ReadonlySet<string>): unknown =>
  mapTexts(data, 0, (text) => ([...bulkReferences(text)].some((bulkId) => bulkIds.has(bulkId)) ? undefined : text))

/** A whole text, the value of a filter in the path of a PATCH, or the end of an address. */
const inText = /"bulkId:([^"\\]+)"|\/bulkId:([^"/?#\s]+)$/g

function replaceReferences(text: string, idOf: (bulkId: string) => string): string {
  if (!text.includes('bulkId:')) return text
  if (text.startsWith('bulkId:')) return idOf(text.slice('bulkId:'.length))
  return text.replace(inText, (_, quoted: string | undefined, last: string | undefined) =>
    quoted === undefined ? `/${idOf(last ?? '')}` : JSON.stringify(idOf(quoted)),
  )
}

/** Bodies of operations stand deeper than those of requests of their own. */
const maxDepth = protocolLimits.depth + 6

function mapTexts(value: unknown, depth: number, map: (text: string) => string | undefined): unknown {
  if (typeof value === 'string') return map(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth > maxDepth) throw invalidSyntax(`data is nested deeper than ${maxDepth} levels; send a plainer resource.`)
  if (Array.isArray(value)) {
    return value.map((entry) => mapTexts(entry, depth + 1, map)).filter((entry) => entry !== undefined)
  }
  return isJsonObject(value) ? mapObject(value, depth, map) : value
}

function mapObject(value: Readonly<Record<string, unknown>>, depth: number, map: (text: string) => string | undefined) {
  const result: Record<string, unknown> = {}
  for (const key of Object.keys(value)) {
    if (isInert(key)) continue
    const mapped = mapTexts(value[key], depth + 1, map)
    if (mapped === undefined && key.toLowerCase() === 'value') return undefined
    if (mapped !== undefined) result[key] = mapped
  }
  return result
}
