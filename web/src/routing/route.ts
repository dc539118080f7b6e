/** What the address names. Addresses live behind `#`, so any static server can hand out the page. */
export type Route =
  | { readonly name: 'connections' }
  | { readonly name: 'log'; readonly connection: string }
  | { readonly name: 'plan'; readonly id: number }
  | { readonly name: 'runs'; readonly connection: string | undefined }
  | { readonly name: 'run'; readonly id: number }
  | { readonly name: 'error'; readonly code: string }
  | { readonly name: 'unknown'; readonly path: string }

export function parseRoute(hash: string): Route {
  const { pathname, searchParams } = new URL(hash.replace(/^#?\/*/, '/'), 'http://rollcall.invalid')
  const [first, second, ...rest] = pathname.split('/').filter((part) => part !== '')
  const unknown = { name: 'unknown', path: pathname } as const
  if (first === 'connections' && second && rest.length === 1 && rest[0] === 'log' && /^[a-z0-9-]{1,50}$/.test(second)) {
    return { name: 'log', connection: second }
  }
  if (rest.length > 0) return unknown
  if (first === undefined) return { name: 'connections' }
  if (first === 'runs' && second === undefined) {
    return { name: 'runs', connection: searchParams.get('connection') ?? undefined }
  }
  if (first === 'errors' && second && /^\w+$/.test(second)) return { name: 'error', code: second }
  if ((first === 'plans' || first === 'runs') && /^\d{1,15}$/.test(second ?? '')) {
    return { name: first === 'plans' ? 'plan' : 'run', id: Number(second) }
  }
  return unknown
}

export const connectionsHref = '#/'
export const logHref = (connection: string) => `#/connections/${connection}/log`
export const planHref = (id: number) => `#/plans/${id}`
export const runHref = (id: number) => `#/runs/${id}`
export const errorHref = (code: string) => `#/errors/${code}`
export const runsHref = (connection?: string) =>
  connection ? `#/runs?connection=${encodeURIComponent(connection)}` : '#/runs'
