import type { Ability, Capability } from '../../planning/capabilities.ts'

/** Where no directory at all takes the thing, one refusal says so for all. */
const onceIsEnough: ReadonlySet<Ability> = new Set(['createUser', 'createGroup'])
const refusalsThatConvince = 3
const forgetAfterMs = 6 * 3_600_000

interface Tally {
  refusals: number
  lastAt: number
}

export type ReadOnlyMemory = ReturnType<typeof createReadOnlyMemory>

/**
 * Products do not say which directory is read-only, so it is learnt from refusals (Data Center, directories). Directories
 * differ: one account from a company directory does not say that accounts of the internal one cannot be written, so
 * abilities other than creating need three refusals without a success between. After six hours the product is asked
 * again. `reason` is what administrators read about an ability that is taken for lost.
 */
export function createReadOnlyMemory(reason: string, now: () => number = Date.now) {
  const tallies = new Map<Ability, Tally>()

  const denied = (ability: Ability): boolean => {
    const tally = tallies.get(ability)
    if (!tally || now() - tally.lastAt > forgetAfterMs) return false
    return onceIsEnough.has(ability) || tally.refusals >= refusalsThatConvince
  }

  return {
    succeeded(ability: Ability): void {
      if (tallies.size > 0) tallies.delete(ability)
    },
    /** True when it is now taken for granted that the product refuses every call of this kind. */
    refused(ability: Ability): boolean {
      const earlier = tallies.get(ability)
      tallies.set(ability, { refusals: (earlier?.refusals ?? 0) + 1, lastAt: now() })
      return denied(ability)
    },
    capability: (ability: Ability): Capability => (denied(ability) ? { able: false, reason } : { able: true }),
  }
}
