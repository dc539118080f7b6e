import { nameKey } from '../../identity/name-key.ts'
import type { Cause } from '../../planning/guard.ts'
import { heldWith } from '../../planning/held-with.ts'
import { type HoldableOperation, readHoldLinks } from '../../state/plans/hold-links.ts'
import { inPieces } from './pieces.ts'
import type { PlanningSession } from './planning-session.ts'

/** Holds what the causes name, what depends on it, and with `whenHeld: wait` the rest. A first plan is held from the start. */
export async function holdOperations(
  session: PlanningSession,
  causes: readonly Cause[],
  vetoed: ReadonlySet<number>,
): Promise<void> {
  const { tools, plan, settings } = session
  if (causes.length === 0 || settings.first) return
  // What a veto holds is held already, and holds nothing else: neither as a cause nor as what the rest waits for.
  const links = (await readHoldLinks(tools.db, plan)).filter(({ position }) => !vetoed.has(position))
  const held = heldBy(links, causes)
  if (settings.policy.guard.whenHeld === 'wait' && [...held.values()].some(isWaitedFor)) {
    for (const { position } of links) if (!held.has(position)) held.set(position, 'whenHeld')
  }
  for (const [by, group] of Map.groupBy(held, ([, code]) => code)) {
    const positions = group.map(([position]) => position)
    await inPieces(positions, (piece) => tools.writer.holdOperations({ plan, positions: piece, heldBy: by }))
  }
}

/** Always held, plan after plan: what waited for it would be a reason to approve it unseen. */
const isWaitedFor = (by: string): boolean => by !== 'unclaimedMembers'

/** Position to what holds it: the first cause that names it, or what it depends on. */
export function heldBy(links: readonly HoldableOperation[], causes: readonly Cause[]): Map<number, string> {
  const direct = new Map(
    links.flatMap((link) => {
      const cause = causes.find((one) => names(one, link))
      return cause === undefined ? [] : [[link.position, cause.code] as const]
    }),
  )
  const all = heldWith(links, new Set(direct.keys()))
  return new Map([...all].map((position) => [position, direct.get(position) ?? 'dependency']))
}

const names = ({ holds, group }: Cause, link: HoldableOperation): boolean =>
  (holds === 'everything' || holds.includes(link.kind)) &&
  (group === undefined || (link.group !== undefined && nameKey(link.group) === nameKey(group)))
