import { Pool } from 'undici'
import { server } from '../processes/program.ts'
import { type Contestant, groupBody } from './contestant.ts'
import { type BenchRequest, type OperationName, requestsOf } from './operations.ts'

export interface Load {
  readonly contestant: Contestant['name']
  readonly operation: OperationName
  readonly seconds: number
}

export interface Sent {
  readonly requests: number
  readonly seconds: number
}

const connections = 8
const contestants = new Map<string, { readonly contestant: Contestant; readonly pool: Pool; readonly path: string }>()
/** How far each contestant has come in each operation: rounds go on where the last one ended. */
const sentBefore = new Map<string, number>()

const handlers = {
  /** Makes a contestant known; its connections stay open from now on. */
  know(contestant: Contestant): void {
    const { origin, pathname } = new URL(contestant.baseUrl)
    const pool = new Pool(origin, { connections, pipelining: 1, bodyTimeout: 600_000, headersTimeout: 600_000 })
    contestants.set(contestant.name, { contestant, pool, path: pathname.replace(/\/$/, '') })
  },

  /** As many requests as go through eight connections in this time. */
  async rate({ contestant: name, operation, seconds }: Load): Promise<Sent> {
    const { contestant } = known(name)
    const requests = requestsOf(operation, contestant)
    const key = `${name} ${operation}`
    let next = sentBefore.get(key) ?? 0
    const first = next
    const started = performance.now()
    const until = started + seconds * 1000
    const lane = async () => {
      while (performance.now() < until) {
        const n = next
        next += 1
        await send(name, requests(n))
      }
    }
    await Promise.all(Array.from({ length: connections }, lane))
    sentBefore.set(key, next)
    return { requests: next - first, seconds: (performance.now() - started) / 1000 }
  },

  /** A new group gets 10,000 members in 20 requests, one after the other, as providers send them. */
  async fill({ contestant: name }: { readonly contestant: Contestant['name'] }): Promise<Sent> {
    const requests = requestsOf('group of 10,000 by 500', known(name).contestant)
    const group = name === 'bare' ? '' : idOf(await send(name, newGroup()))
    const started = performance.now()
    for (let n = 0; n < 20; n += 1) {
      const request = requests(n)
      await send(name, { ...request, path: request.path.replace('{filled}', group) })
    }
    const seconds = (performance.now() - started) / 1000
    if (group !== '') await send(name, { method: 'DELETE', path: `/Groups/${group}` })
    return { requests: 20, seconds }
  },

  /** One answer, as text. */
  read: ({ contestant, path }: { readonly contestant: Contestant['name']; readonly path: string }): Promise<string> =>
    send(contestant, { method: 'GET', path }),
}
export type Client = typeof handlers

let groups = 0
function newGroup(): BenchRequest {
  groups += 1
  return { method: 'POST', path: '/Groups', body: groupBody(`Filled ${groups}`) }
}

const idOf = (text: string): string => (JSON.parse(text) as { id: string }).id

function known(name: string) {
  const found = contestants.get(name)
  if (!found) throw new Error(`Nobody said where ${name} is.`)
  return found
}

async function send(name: Contestant['name'], { method, path, body }: BenchRequest): Promise<string> {
  const { pool, contestant, path: base } = known(name)
  const answer = await pool
    .request({
      method,
      path: `${base}${path}`,
      headers: {
        authorization: `Bearer ${contestant.token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    .catch((error: Error) => {
      throw new Error(`${name}: ${method} ${path} failed`, { cause: error })
    })
  const text = await answer.body.text()
  if (answer.statusCode >= 300)
    throw new Error(`${name}: ${method} ${path} gave ${answer.statusCode} ${text.slice(0, 300)}`)
  return text
}

server(handlers)
