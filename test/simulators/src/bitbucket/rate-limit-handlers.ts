import { ok } from '../data-center/answer.ts'
import type { RateLimitSettings } from '../data-center/settings.ts'
import { invalid } from './answer.ts'
import type { Handler } from './call.ts'

/** Of Bitbucket itself, where nothing else was set. */
const usual = { capacity: 60, fillRate: 5 }

/** Off by default (Data Center, rate limits). */
export const getRateLimit: Handler = ({ bitbucket: { settings } }) => {
  const { capacity, fillRate } = settings.rateLimit ?? usual
  return ok({ enabled: settings.rateLimit !== undefined, defaultSettings: { capacity, fillRate } })
}

export const setRateLimit: Handler = (call) => {
  const { settings } = call.bitbucket
  const { enabled = settings.rateLimit !== undefined, defaultSettings } = call.body
  const limits = defaultSettings === undefined ? usual : numbersOf(defaultSettings)
  if (!limits) return invalid('defaultSettings', 'capacity and fillRate must be positive.')
  settings.rateLimit = enabled === true ? { intervalSeconds: 1, ...settings.rateLimit, ...limits } : undefined
  return getRateLimit(call)
}

function numbersOf(value: unknown): Pick<RateLimitSettings, 'capacity' | 'fillRate'> | undefined {
  const { capacity, fillRate } = (value ?? {}) as Record<string, unknown>
  return isPositive(capacity) && isPositive(fillRate) ? { capacity, fillRate } : undefined
}

const isPositive = (value: unknown): value is number => typeof value === 'number' && value > 0
