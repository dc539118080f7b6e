import { openTarget } from '../registry.ts'
import type { Target } from '../target.ts'
import type { OpenOptions } from '../throttling.ts'

/** What every simulator has. */
interface Simulator {
  readonly url: string
  readonly violations: readonly unknown[]
  close(): Promise<void>
}

export interface UnderTest<S extends Simulator> {
  readonly simulator: S
  readonly target: Target
  /** Fails where something was sent that the product's description does not allow. */
  close(): Promise<void>
}

/** A simulated product with a target opened on it. */
export function underTest<S extends Simulator>(
  kind: string,
  simulator: S,
  settings: Readonly<Record<string, unknown>>,
  open: OpenOptions = {},
): UnderTest<S> {
  const target = openTarget(kind, { url: `${simulator.url}/`, ...settings }, open)
  return {
    simulator,
    target,
    async close() {
      await target.close()
      await simulator.close()
      if (simulator.violations.length > 0) throw new Error(`Not allowed: ${JSON.stringify(simulator.violations)}`)
    },
  }
}
