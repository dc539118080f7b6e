import type { Answer } from '../data-center/answer.ts'
import { refuse } from './answer.ts'
import type { BurstLimit } from './settings.ts'

interface Second {
  readonly began: number
  taken: number
}

export interface Limited {
  readonly headers: Readonly<Record<string, string>>
  readonly refusal: Answer | undefined
}

/** Counts the requests of each second, per endpoint and method, for the whole tenant (Jira Cloud REST). */
export function createBurstLimit(now: () => number) {
  const seconds = new Map<string, Second>()

  return function limit(what: string, burst: BurstLimit | undefined): Limited {
    if (!burst) return { headers: {}, refusal: undefined }
    const began = Math.floor(now() / 1000) * 1000
    const known = seconds.get(what)
    const second = known?.began === began ? known : { began, taken: 0 }
    seconds.set(what, second)
    const refused = second.taken >= burst.perSecond
    if (!refused) second.taken += 1
    const headers = headersOf(burst, second)
    return refused ? { headers: { ...headers, ...refusedHeaders }, refusal: tooMany } : { headers, refusal: undefined }
  }
}

/** On every answer of a limited endpoint [believed]; nearly used up means that less than a fifth is left. */
function headersOf({ perSecond }: BurstLimit, { began, taken }: Second): Record<string, string> {
  const remaining = perSecond - taken
  return {
    'x-ratelimit-limit': String(perSecond),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': new Date(began + 1000).toISOString(),
    'x-ratelimit-nearlimit': String(remaining < perSecond * 0.2),
  }
}

const refusedHeaders = { 'retry-after': '1', 'ratelimit-reason': 'jira-burst-based' }
const tooMany = refuse(429, 'Rate limit exceeded.')
