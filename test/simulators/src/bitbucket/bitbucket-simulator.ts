import { type Simulator, type SimulatorOptions, startSimulator } from '../data-center/simulator.ts'
import type { Bitbucket } from './bitbucket.ts'
import { bitbucketProduct } from './bitbucket-product.ts'

export interface BitbucketSimulatorOptions extends SimulatorOptions {
  bitbucket: Bitbucket
}

export interface BitbucketSimulator extends Simulator {
  readonly bitbucket: Bitbucket
}

/**
 * A Bitbucket Data Center on loopback. Its state is `createBitbucket(options)` of `create-bitbucket.ts`, or
 * `loadBitbucket(saved)` of `saved-bitbucket.ts` after a restart.
 */
export const startBitbucketSimulator = async (options: BitbucketSimulatorOptions): Promise<BitbucketSimulator> => {
  const { bitbucket, ...rest } = options
  return { ...(await startSimulator(bitbucketProduct(bitbucket), rest)), bitbucket }
}
