import type { Faults } from '../../faults.ts'
import type { AccessTokens } from '../login/access-tokens.ts'
import type { GraphContext } from './graph-request.ts'

export interface GraphDependencies extends Omit<GraphContext, 'token'> {
  readonly tokens: AccessTokens
  readonly faults: Faults
  /** Keeps rendered pages until the directory changes: for benchmarks, whose floor must not be our rendering. */
  readonly cachePages: boolean
}
