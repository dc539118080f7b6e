const listSchema = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'

/** Resources as they are answered. */
export interface ResourceTexts {
  readonly count: number
  /** JSON objects with commas between them. */
  readonly json: string
}

export const resourceTexts = (texts: readonly string[]): ResourceTexts => ({
  count: texts.length,
  json: texts.join(','),
})

/** One page. */
export interface ListPage {
  /** Of all matches; may be left out with cursors (RFC 9865 2). */
  readonly totalResults: number | undefined
  readonly resources: readonly ResourceTexts[]
  /** Of pages by index, from 1. */
  readonly startIndex?: number | undefined
  /** Of pages by cursor; absent on the last one. */
  readonly nextCursor?: string | undefined
}

/** A ListResponse (RFC 7644 3.4.2): `Resources` is always there, and `itemsPerPage` counts it. */
export function listResponse({ totalResults, resources, startIndex, nextCursor }: ListPage): string {
  const found = resources.filter(({ count }) => count > 0)
  const count = found.reduce((sum, one) => sum + one.count, 0)
  const total = totalResults === undefined ? '' : `"totalResults":${totalResults},`
  const start = startIndex === undefined ? '' : `"startIndex":${startIndex},`
  const next = nextCursor === undefined ? '' : `"nextCursor":${JSON.stringify(nextCursor)},`
  const head = `{"schemas":["${listSchema}"],${total}${start}"itemsPerPage":${count},${next}`
  return `${head}"Resources":[${found.map(({ json }) => json).join(',')}]}`
}
