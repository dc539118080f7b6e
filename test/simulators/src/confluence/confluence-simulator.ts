import { type Simulator, type SimulatorOptions, startSimulator } from '../data-center/simulator.ts'
import type { Confluence } from './confluence.ts'
import { confluenceProduct } from './confluence-product.ts'

export interface ConfluenceSimulatorOptions extends SimulatorOptions {
  confluence: Confluence
}

export interface ConfluenceSimulator extends Simulator {
  readonly confluence: Confluence
}

/**
 * A Confluence Data Center on loopback. Its state is `createConfluence(options)` of `create-confluence.ts`, or
 * `loadConfluence(saved)` of `saved-confluence.ts` after a restart.
 */
export const startConfluenceSimulator = async (options: ConfluenceSimulatorOptions): Promise<ConfluenceSimulator> => {
  const { confluence, ...rest } = options
  return { ...(await startSimulator(confluenceProduct(confluence), rest)), confluence }
}
