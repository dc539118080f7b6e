/** What the address names. Addresses live behind `#`, so any static server can hand out the page. */
export type Route =
  | { readonly name: 'connections' }
  | { readonly name: 'log'; readonly connection: string }
  | { readonly name: 'plan'; readonly id: number }
  | { readonly name: 'runs'; readonly connection: string | undefined }
  | { readonly name: 'run'; readonly id: number }
  | { readonly name: 'targets' }
  | { readonly name: 'unclaimed'; readonly target: string; readonly first: 'accounts' | 'groups' }
  | { readonly name: 'why'; readonly user: string | undefined; readonly group: string | undefined }
  | { readonly name: 'error'; readonly code: string }
  | { readonly name: 'unknown'; readonly path: string }

export function parseRoute(hash: string): Route {
  const { pathname, searchParams } = new URL(hash.replace(/^#?\/*/, '/'), 'http://rollcall.invalid')
  const [first, second, ...rest] = pathname.split('/').filter((part) => part !== '')
  const unknown = { name: 'unknown', path: pathname } as const
  if (first === 'connections' && second && rest.length === 1 && rest[0] === 'log' && isSlug(second)) {
    return { name: 'log', connection: second }
  }
  if (first === 'targets' && second && rest.length === 1 && rest[0] === 'unclaimed' && isSlug(second)) {
    return { name: 'unclaimed', target: second, first: searchParams.get('show') === 'groups' ? 'groups' : 'accounts' }
  }
  if (rest.length > 0) return unknown
  if (first === 'targets' && second === undefined) return { name: 'targets' }
  if (first === undefined) return { name: 'connections' }
  if (first === 'runs' && second === undefined) {
    return { name: 'runs', connection: searchParams.get('connection') ?? undefined }
  }
  if (first === 'why' && second === undefined) {
    return {
      name: 'why',
      user: searchParams.get('user') ?? undefined,
      group: searchParams.get('group') ?? undefined,
    }
  }
  if (first === 'errors' && second && /^\w+$/.test(second)) return { name: 'error', code: second }
  if ((first === 'plans' || first === 'runs') && /^\d{1,15}$/.test(second ?? '')) {
    return { name: first === 'plans' ? 'plan' : 'run', id: Number(second) }
  }
  return unknown
}

const isSlug = (text: string): boolean => /^[a-z0-9-]{1,50}$/.test(text)

export const connectionsHref = '#/'
export const logHref = (connection: string) => `#/connections/${connection}/log`
export const planHref = (id: number) => `#/plans/${id}`
export const runHref = (id: number) => `#/runs/${id}`
export const whyHref = (user?: string, group?: string) => {
  const asked = new URLSearchParams({ ...(user !== undefined && { user }), ...(group !== undefined && { group }) })
  return user === undefined ? '#/why' : `#/why?${asked}`
}
export const errorHref = (code: string) => `#/errors/${code}`
export const runsHref = (connection?: string) =>
  connection ? `#/runs?connection=${encodeURIComponent(connection)}` : '#/runs'
export const targetsHref = '#/targets'
export const unclaimedHref = (target: string, show: 'accounts' | 'groups' = 'accounts') =>
  `#/targets/${target}/unclaimed${show === 'groups' ? '?show=groups' : ''}`
