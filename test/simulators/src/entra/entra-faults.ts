import type { FaultRule } from '../faults.ts'

/** Which calls suffer and how often; see FaultRule. */
type Scope = Omit<FaultRule, 'fault'>
interface Page {
  '@odata.nextLink'?: string
  '@odata.deltaLink'?: string
  value: unknown[]
}

const changePage = (scope: Scope, change: (page: Page, requested: string) => Page): FaultRule => ({
  ...scope,
  fault: {
    kind: 'rewrite',
    rewrite: (body, { protocol, host, url }) =>
      JSON.stringify(change(JSON.parse(body) as Page, `${protocol}://${host}${url}`)),
  },
})

/** 429 as the identity service sends it, with or without `Retry-After` (Microsoft Graph, throttling). */
export const throttled = (scope: Scope & { retryAfter?: number } = {}): FaultRule => {
  const { retryAfter, ...rule } = scope
  const headers = {
    'x-ms-throttle-limit-percentage': '1.2',
    'x-ms-throttle-scope': 'Tenant_Application/ReadWrite/*',
    'x-ms-throttle-information': 'ResourceUnitLimitExceeded',
  }
  const fault = {
    kind: 'status',
    status: 429,
    headers: retryAfter === undefined ? headers : { ...headers, 'retry-after': String(retryAfter) },
  } as const
  return { ...rule, fault }
}

/** The page leads to itself: a client that follows blindly never ends (Microsoft Graph, delta, reported oddity). */
export const nextLinkLoop = (scope: Scope = {}): FaultRule =>
  changePage({ times: Number.POSITIVE_INFINITY, ...scope }, ({ '@odata.deltaLink': _end, ...page }, requested) => ({
    ...page,
    '@odata.nextLink': requested,
  }))

/** The same page comes twice before the round goes on. */
export const repeatedPage = (scope: Omit<Scope, 'times'> = {}): FaultRule =>
  changePage({ ...scope, times: 1 }, ({ '@odata.deltaLink': _end, ...page }, requested) => ({
    ...page,
    '@odata.nextLink': requested,
  }))

/** No records, and the round goes on: legal (Microsoft Graph, calls). The records come with the next page. */
export const emptyPage = (scope: Scope = {}): FaultRule =>
  changePage(scope, ({ '@odata.deltaLink': _end, ...page }, requested) => ({
    ...page,
    value: [],
    '@odata.nextLink': requested,
  }))

/** No records, no nextLink, and no deltaLink: the round just stops. */
export const emptyEnd = (scope: Scope = {}): FaultRule =>
  changePage(scope, ({ '@odata.nextLink': _next, '@odata.deltaLink': _end, ...page }) => ({ ...page, value: [] }))

/** The page leads to another server, which must not get the token. */
export const foreignNextLink = (origin: string, scope: Scope = {}): FaultRule =>
  changePage(scope, ({ '@odata.deltaLink': _end, ...page }, requested) => {
    const { pathname, search } = new URL(requested)
    return { ...page, '@odata.nextLink': `${origin}${pathname}${search}` }
  })
