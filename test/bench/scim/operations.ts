import { type Contestant, patchBody, userBody, userName } from './contestant.ts'

export type OperationName =
  | 'POST a user'
  | 'GET a user by id'
  | 'filter on userName'
  | 'PATCH active'
  | 'list of 100'
  | 'member into a group of 1,000'
  | 'member into a group of 10,000'
  | 'group of 10,000 by 500'

export const measuredByRate = [
  'POST a user',
  'GET a user by id',
  'filter on userName',
  'PATCH active',
  'list of 100',
  'member into a group of 1,000',
  'member into a group of 10,000',
] as const satisfies readonly OperationName[]

export interface BenchRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly body?: unknown
}

/** The nth request of an operation. Each changes something: a write that finds everything so already costs nothing. */
export type RequestOf = (n: number) => BenchRequest

/** Many enough that no user is changed twice at once, few enough that a small group stays small. */
const candidates = 500

export function requestsOf(operation: OperationName, contestant: Contestant): RequestOf {
  return contestant.name === 'bare' ? bareRequests(operation, contestant) : scimRequests(operation, contestant)
}

/** The floors: one insert of the same body, one read by key, the same bytes. */
function bareRequests(operation: OperationName, contestant: Contestant): RequestOf {
  const { users } = contestant.stock
  switch (operation) {
    case 'GET a user by id':
    case 'filter on userName':
      return (n) => ({ method: 'GET', path: `/rows/${at(users, n)}` })
    case 'list of 100':
      return () => ({ method: 'GET', path: '/list' })
    default: {
      const requests = scimRequests(operation, contestant)
      return (n) => ({ method: 'POST', path: '/rows', body: requests(n).body })
    }
  }
}

function scimRequests(operation: OperationName, { stock }: Contestant): RequestOf {
  const { users, members, groups } = stock
  switch (operation) {
    case 'POST a user':
      return (n) => ({ method: 'POST', path: '/Users', body: userBody(`new${n}@example.com`) })
    case 'GET a user by id':
      return (n) => ({ method: 'GET', path: `/Users/${at(users, n)}` })
    case 'filter on userName':
      return (n) => ({
        method: 'GET',
        path: `/Users?filter=${encodeURIComponent(`userName eq "${userName(n % users.length)}"`)}`,
      })
    case 'PATCH active':
      return (n) => ({
        method: 'PATCH',
        path: `/Users/${at(users, n)}`,
        body: patchBody({ op: 'replace', path: 'active', value: turn(n, users.length) % 2 === 1 }),
      })
    // From page to page through everybody, as an import does.
    case 'list of 100': {
      const pages = Math.floor((users.length + members.length) / 100)
      return (n) => ({ method: 'GET', path: `/Users?startIndex=${1 + 100 * (n % pages)}&count=100` })
    }
    case 'member into a group of 1,000':
      return (n) => memberInOrOut(groups.small, at(users.slice(0, candidates), n), turn(n, candidates))
    case 'member into a group of 10,000':
      return (n) => memberInOrOut(groups.large, at(users.slice(0, candidates), n), turn(n, candidates))
    case 'group of 10,000 by 500':
      return (n) => {
        const size = Math.ceil(members.length / 20)
        const value = members.slice(n * size, (n + 1) * size).map((id) => ({ value: id }))
        return { method: 'PATCH', path: '/Groups/{filled}', body: patchBody({ op: 'add', path: 'members', value }) }
      }
  }
}

/** In one pass everybody comes, in the next everybody goes: the group keeps its size. */
function memberInOrOut(group: string, user: string, pass: number): BenchRequest {
  const operation =
    pass % 2 === 0
      ? { op: 'add', path: 'members', value: [{ value: user }] }
      : { op: 'remove', path: `members[value eq "${user}"]` }
  return { method: 'PATCH', path: `/Groups/${group}`, body: patchBody(operation) }
}

const turn = (n: number, size: number): number => Math.floor(n / size)

const at = (ids: readonly string[], n: number): string => ids[n % ids.length] ?? ''
