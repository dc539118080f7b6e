import type { EntityType } from './entity-types.ts'
import { badRequest, GraphError, unsupportedQuery } from './graph-error.ts'
import type { GraphRequest } from './graph-request.ts'

/** System query options of OData that Graph knows. Which of them a call takes is the call's business. */
const known = [
  '$select',
  '$top',
  '$filter',
  '$count',
  '$expand',
  '$orderby',
  '$search',
  '$skip',
  '$format',
  '$skiptoken',
  '$deltatoken',
]
export type Option = '$select' | '$top' | '$filter' | '$count' | '$skiptoken' | '$deltatoken'
export type Options = ReadonlyMap<string, string>

/** Reads the query strictly: what Graph does not know, or not here, is refused. */
export function readOptions({ query }: GraphRequest, allowed: readonly Option[]): Options {
  const options = new Map<string, string>()
  for (const [written, value] of query) {
    // Documented in two spellings: `$skipToken` and `$skiptoken`, `$deltaToken` and `$deltatoken`.
    const name = /^\$(skip|delta)token$/i.test(written) ? written.toLowerCase() : written
    if (!known.includes(name)) throw badRequest(`Unrecognized query argument specified: '${written}'.`)
    if (!(allowed as readonly string[]).includes(name))
      throw unsupportedQuery(`'${written}' is not supported by the service here.`)
    if (options.has(name))
      throw badRequest(`Query option '${written}' was specified more than once, but it must be specified at most once.`)
    options.set(name, value)
  }
  return options
}

/** The selected properties, or nothing without `$select`. */
export function readSelect(
  options: Options,
  type: EntityType,
  extensions: readonly string[],
  also: readonly string[] = [],
) {
  const written = options.get('$select')
  if (written === undefined) return undefined
  const names = written.split(',').map((name) => name.trim())
  for (const name of names) {
    // Microsoft Graph, calls: properties that are stored elsewhere give 501 Not Implemented.
    if (type.elsewhere.has(name))
      throw new GraphError(501, 'NotImplemented', 'This operation target is not yet supported.')
    if (type.bySelect.has(name) || extensions.includes(name) || also.includes(name)) continue
    const message = `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type 'microsoft.graph.${type.name}'.`
    throw new GraphError(400, 'BadRequest', message)
  }
  return [...new Set(names)]
}

/** Page size: 100 without `$top`, 1 to 999 with it (Microsoft Graph, calls). */
export function readTop(options: Options): number {
  const written = options.get('$top')
  if (written === undefined) return 100
  const top = /^\d+$/.test(written) ? Number(written) : Number.NaN
  if (top >= 1 && top <= 999) return top
  throw unsupportedQuery(`Invalid page size specified: '${written}'. Must be between 1 and 999 inclusive.`)
}

export function readCount(options: Options): boolean {
  const written = options.get('$count')
  if (written !== undefined && written !== 'true' && written !== 'false') {
    throw badRequest(`Invalid value '${written}' for $count query option found. Valid values are 'true' and 'false'.`)
  }
  return written === 'true'
}

export const isEventual = (request: GraphRequest): boolean =>
  request.header('consistencylevel')?.toLowerCase() === 'eventual'

/** Casts and filters on memberships read an index, which the caller has to accept (Microsoft Graph, memberships). */
export function requireEventual(request: GraphRequest, options: Options, what: string): void {
  if (isEventual(request) && readCount(options)) return
  throw unsupportedQuery(
    `${what} is only supported with the header 'ConsistencyLevel: eventual' and the query option '$count=true'. Refer to https://aka.ms/graph-docs/advanced-queries for more information`,
  )
}
