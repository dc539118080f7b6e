import type { Answer, Desired, Exchange } from './conversation.ts'

type More = Pick<Exchange, 'headers' | 'keep'>

const exchange =
  (method: Exchange['method']) =>
  (does: string, path: string, body: unknown, answer: Answer, more: More = {}): Exchange => ({
    kind: 'exchange',
    does,
    method,
    path,
    ...(body !== undefined && { body }),
    answer,
    ...more,
  })

export const post = exchange('POST')
export const put = exchange('PUT')
export const patch = exchange('PATCH')

export const get = (does: string, path: string, answer: Answer, more?: More): Exchange =>
  exchange('GET')(does, path, undefined, answer, more)

/** Deletes; the client reads nothing but the status. */
export const remove = (does: string, path: string): Exchange =>
  exchange('DELETE')(does, path, undefined, { status: 204 })

export const desired = (when: string, people: Desired['people'], groups: Desired['groups']): Desired => ({
  kind: 'desired',
  when,
  people,
  groups,
})

/** A filter as a query parameter. */
export const filter = (text: string): string =>
  `filter=${encodeURIComponent(text).replaceAll('%7B%7B', '{{').replaceAll('%7D%7D', '}}')}`

export const operations = (...Operations: readonly unknown[]) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations,
})

export const listSchema = 'urn:ietf:params:scim:api:messages:2.0:ListResponse'
export const userSchema = 'urn:ietf:params:scim:schemas:core:2.0:User'
export const groupSchema = 'urn:ietf:params:scim:schemas:core:2.0:Group'
export const enterpriseSchema = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

/** A filter that misses is no error: Entra ID would put the whole job into quarantine. */
export const nothingFound: Answer = {
  status: 200,
  body: { schemas: [listSchema], totalResults: 0, Resources: [] },
}

export const found = (...Resources: readonly unknown[]): Answer => ({
  status: 200,
  body: { schemas: [listSchema], totalResults: Resources.length, Resources },
})

export const created = (body: unknown, without: readonly string[] = []): Answer => ({
  status: 201,
  body,
  without,
  headers: { location: /^https?:\/\/.+\/scim\/v2\/.+/, 'content-type': /^application\/scim\+json/ },
})

export const gone: Answer = {
  status: 404,
  body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '404', detail: /./ },
}
