import { Problem } from '../../problem/problem.ts'
import { graphProblems } from './graph-problems.ts'

/** A JSON object as Graph sends it; every property is checked where it is read. */
export type WireObject = Readonly<Record<string, unknown>>

/** An entity of a collection: what is certain is its id. */
export interface GraphEntity extends WireObject {
  readonly id: string
}

/** One page of a collection or of a delta round. */
export interface GraphPage {
  readonly value: readonly GraphEntity[]
  readonly nextLink: string | undefined
  readonly deltaLink: string | undefined
  /** Characters of the answer. */
  readonly size: number
}

export const isObject = (value: unknown): value is WireObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isEntity = (value: unknown): value is GraphEntity =>
  isObject(value) && typeof value.id === 'string' && value.id !== ''

/** Reads a page, or throws: a page without its list, or with an entry without an id, is no page. */
export function pageOf(json: unknown, size: number): GraphPage {
  const { value, '@odata.nextLink': next, '@odata.deltaLink': delta } = isObject(json) ? json : {}
  if (!Array.isArray(value)) throw malformed('has no list')
  if (!value.every(isEntity)) throw malformed('has an entry without an id')
  return { value, nextLink: linkOf(next), deltaLink: linkOf(delta), size }
}

function linkOf(link: unknown): string | undefined {
  if (link === undefined || typeof link === 'string') return link
  throw malformed('has a link that is no text')
}

export const malformed = (what: string) =>
  new Problem(graphProblems.graph_page_malformed, `A page of Graph ${what}.`, { context: { what } })

export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

/** `@removed` marks what was deleted, or left a group (Graph `delta-query-overview.md`). */
export const isRemoved = (entity: WireObject): boolean => entity['@removed'] !== undefined

/** Body of an error: `{"error":{"code","message","innerError":{"request-id"}}}` (Microsoft Graph, throttling). */
export interface GraphErrorBody {
  readonly code: string
  readonly message: string
  readonly requestId: string | undefined
}

export function errorBodyOf(json: unknown): GraphErrorBody {
  const error = isObject(json) && isObject(json.error) ? json.error : {}
  const inner = isObject(error.innerError) ? error.innerError : {}
  return {
    code: textOf(error.code) ?? '',
    message: textOf(error.message) ?? '',
    requestId: textOf(inner['request-id']),
  }
}
