import { abilityNames, type Capabilities, type Way } from './capabilities.ts'
import type { OperationKind } from './operation.ts'

/** How one kind of operation reaches the product, as far as an administrator should know it. */
export interface KindWay {
  readonly way: Way
  readonly note?: string
}

export type Ways = { readonly [kind in OperationKind]?: KindWay }

const abilities: ReadonlySet<string> = new Set(abilityNames)

/** Giving access back goes the way on which it was taken; whose the account is makes no difference to the product. */
const sameAs: Readonly<Record<string, string>> = {
  restoreAccess: 'revokeAccess',
  removeUnclaimed: 'removeMember',
  returnUnclaimed: 'addMember',
}
const abilityOf = (kind: string): string => sameAs[kind] ?? kind

/** Of these kinds those that do not simply go by the product's own API, and those about which there is something to say. */
export function waysOf(kinds: readonly string[], { abilities: able }: Capabilities): Ways {
  const ways = kinds.flatMap((kind): (readonly [string, KindWay])[] => {
    const ability = abilityOf(kind)
    if (!abilities.has(ability)) return []
    const capability = able[ability as (typeof abilityNames)[number]]
    if (!capability.able) return []
    const { way = 'rest', note } = capability
    return way === 'rest' && note === undefined ? [] : [[kind, { way, ...(note !== undefined && { note }) }]]
  })
  return Object.fromEntries(ways)
}
