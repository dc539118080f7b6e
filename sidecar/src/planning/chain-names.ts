import type { NameKey } from '../identity/ids.ts'
import { nameKey } from '../identity/name-key.ts'
import type { Operation, PlannedOperation } from './operation.ts'

type Of<Kind extends Operation['kind']> = PlannedOperation & { readonly operation: Extract<Operation, { kind: Kind }> }

/** Takes a name. */
export type Taker = Of<'createUser' | 'renameUser'>
/** Frees a name. */
export type Freer = Of<'renameUser' | 'deleteUser'>

export const isTaker = (planned: PlannedOperation): planned is Taker =>
  planned.operation.kind === 'createUser' || planned.operation.kind === 'renameUser'

export const isFreer = (planned: PlannedOperation): planned is Freer =>
  planned.operation.kind === 'renameUser' || planned.operation.kind === 'deleteUser'

export const wantedKey = ({ operation }: Taker): NameKey => nameKey(operation.after.name)

const freedKey = ({ operation }: Freer): NameKey => nameKey(operation.before.name)

export interface NameChains {
  /** `start` is a deletion that frees the first name, if there is one; each taker takes what the one before it frees. */
  readonly chains: readonly { readonly start: Freer | undefined; readonly takers: readonly Taker[] }[]
  /** Renames in a circle: each takes what the one before it frees, the first what the last frees. */
  readonly rings: readonly (readonly Taker[])[]
  /** Take a name that another one of the plan takes before them. */
  readonly losers: readonly Taker[]
}

/** Every name is freed and taken at most once, so names hang together in chains and rings and nothing else. */
export function chainNames(takers: readonly Taker[], freers: readonly Freer[]): NameChains {
  const winners = new Map<NameKey, Taker>()
  for (const taker of takers) if (!winners.has(wantedKey(taker))) winners.set(wantedKey(taker), taker)
  const freerOf = new Map(freers.map((freer) => [freedKey(freer), freer]))
  const losers = takers.filter((taker) => winners.get(wantedKey(taker)) !== taker)
  const unseen = new Set<PlannedOperation>([...winners.values()])

  const startsOf = [...winners.values()].flatMap((taker) => {
    const freer = freerOf.get(wantedKey(taker))
    return freer === undefined || !unseen.has(freer) ? [{ start: freer, first: taker }] : []
  })
  const chains = startsOf.map(({ start, first }) => ({
    start: start?.operation.kind === 'deleteUser' ? start : undefined,
    takers: walk(first, winners, unseen),
  }))
  const rings: Taker[][] = []
  for (const taker of winners.values()) if (unseen.has(taker)) rings.push(walk(taker, winners, unseen))
  return { chains, rings, losers }
}

/** From one that takes to the one that takes what it frees, and on, until there is none or the ring closes. */
function walk(first: Taker, winners: ReadonlyMap<NameKey, Taker>, unseen: Set<PlannedOperation>): Taker[] {
  const path: Taker[] = []
  for (let taker: Taker | undefined = first; taker !== undefined && unseen.delete(taker); ) {
    path.push(taker)
    taker = isFreer(taker) ? winners.get(freedKey(taker)) : undefined
  }
  return path
}
