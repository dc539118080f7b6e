import type { CheckStep } from '../../identity/check-step.ts'
import { Problem } from '../../problem/problem.ts'
import type { ProductClient } from './product-client.ts'
import { type Product, refusal } from './product-failures.ts'

/** One step of a check: what it read, in a sentence, or the problem that it threw. */
export interface Step {
  readonly name: string
  /** Without it nothing after it can work. */
  readonly decides: boolean
  readonly read: (signal: AbortSignal) => Promise<string>
}

/** Reads only: what a check would have to write to find out is said in words. */
export async function takeSteps(steps: readonly Step[], signal: AbortSignal): Promise<readonly CheckStep[]> {
  const taken: CheckStep[] = []
  for (const step of steps) {
    const result = await take(step, signal)
    taken.push(result)
    if (!result.ok && step.decides) break
  }
  return taken
}

async function take({ name, read }: Step, signal: AbortSignal): Promise<CheckStep> {
  try {
    return { step: name, ok: true, detail: await read(signal) }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { step: name, ok: false, detail: error.message, problem: { code: error.code, remedy: error.remedy } }
  }
}

/** `/status` needs no credentials (Data Center, status); where a proxy hides it, the next step tells more. */
export const reachable = ({ name, problems }: Product, client: ProductClient): Step => ({
  name: 'reachable',
  decides: true,
  async read(signal) {
    const answer = await client.getAnonymously('/status', signal)
    const state = (answer.body as { state?: unknown } | undefined)?.state
    if (typeof state === 'string' && state !== 'RUNNING') {
      throw refusal(problems.unavailable, `${name} answers that its state is ${state}.`, 'unavailable')
    }
    return state === 'RUNNING' ? `${name} answers and is running.` : 'Something answers, but does not tell its state.'
  },
})
