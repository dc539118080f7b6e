import type { Ability, Capability } from '../../planning/capabilities.ts'
import { createReadOnlyMemory } from '../data-center/read-only-memory.ts'
import { permissionReason } from './permission-matrix.ts'

export type CrowdMemory = ReturnType<typeof createCrowdMemory>

/** What this Crowd has refused so far: permissions are learnt from refusals, since the API does not list them. */
export function createCrowdMemory(now: () => number = Date.now) {
  const memory = createReadOnlyMemory('', now)
  let flat = false

  return {
    succeeded: memory.succeeded,
    refused: memory.refused,
    /** A directory said that it does not nest groups. */
    isFlat(): void {
      flat = true
    },
    capability(ability: Ability): Capability {
      if (flat && (ability === 'addChildGroup' || ability === 'removeChildGroup')) return noNesting
      return memory.capability(ability).able ? { able: true } : { able: false, reason: permissionReason(ability) }
    },
  }
}

const noNesting: Capability = {
  able: false,
  reason:
    'The directory behind Crowd does not nest groups: switch nested groups on for it, or flatten them in the group policy.',
}
