import { protocolLimits } from './protocol-limits.ts'
import { ScimError } from './scim-error.ts'

/** How much one request has made us look at so far. */
export interface Effort {
  spend(values: number): void
}

/** Many operations on many values multiply: what a request may cost is bounded as a whole. */
export function limitEffort(): Effort {
  let left: number = protocolLimits.effort
  return {
    spend(values) {
      left -= values
      if (left >= 0) return
      throw new ScimError(
        413,
        undefined,
        'The request has too many operations on attributes with too many values; send fewer operations at once.',
      )
    },
  }
}
