import type { CheckStep } from '../../identity/check-step.ts'
import { Problem } from '../../problem/problem.ts'

interface Attempt {
  readonly step: string
  /** What to say when it worked. */
  readonly action: () => Promise<string>
}

/** Tries one after the other until one fails; those after it are not tried. */
export async function tried(attempts: readonly Attempt[]): Promise<readonly CheckStep[]> {
  const steps: CheckStep[] = []
  for (const { step, action } of attempts) {
    try {
      steps.push({ step, ok: true, detail: await action() })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      const { code, remedy, message } = error
      return [...steps, { step, ok: false, detail: message, problem: { code, remedy } }]
    }
  }
  return steps
}
