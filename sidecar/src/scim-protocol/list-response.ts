const listSchema = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'

/** One page. Its resources are texts that `answerResource` made. */
export interface ListPage {
  /** Of all matches; may be left out with cursors (RFC 9865 2). */
  readonly totalResults: number | undefined
  readonly resources: readonly string[]
  /** Of pages by index, from 1. */
  readonly startIndex?: number | undefined
  /** Of pages by cursor; absent on the last one. */
  readonly nextCursor?: string | undefined
}

/** A ListResponse (RFC 7644 3.4.2): `Resources` is always there, and `itemsPerPage` counts it. */
export function listResponse({ totalResults, resources, startIndex, nextCursor }: ListPage): string {
  const total = totalResults === undefined ? '' : `"totalResults":${totalResults},`
  const start = startIndex === undefined ? '' : `"startIndex":${startIndex},`
  const next = nextCursor === undefined ? '' : `"nextCursor":${JSON.stringify(nextCursor)},`
  const head = `{"schemas":["${listSchema}"],${total}${start}"itemsPerPage":${resources.length},${next}`
  return `${head}"Resources":[${resources.join(',')}]}`
}
