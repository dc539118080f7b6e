import type { Cause } from '../../planning/guard.ts'
import { heldWith } from '../../planning/held-with.ts'
import { readHoldLinks } from '../../state/plans/hold-links.ts'
import { findVetoed } from '../../state/undo/vetoes.ts'
import { inPieces } from './pieces.ts'
import type { PlanDraft } from './plan-draft.ts'
import type { PlanningSession } from './planning-session.ts'

export interface HeldByVeto {
  readonly positions: ReadonlySet<number>
  readonly causes: readonly Cause[]
}

const nothing: HeldByVeto = { positions: new Set(), causes: [] }

/**
 * Holds what was undone before and what depends on it, and nothing else. A veto against which nothing is planned any more,
 * for somebody who was looked at, is over: the source has changed its mind.
 */
export async function holdVetoed(session: PlanningSession, draft: PlanDraft): Promise<HeldByVeto> {
  const { tools, plan, vetoes, settings } = session
  if (vetoes.size === 0 || settings.first) return nothing
  const found = await findVetoed(tools.db, plan, vetoes)
  await dropOutdated(session, draft, new Set(found.flatMap((one) => one.vetoes.map(({ id }) => id))))
  if (found.length === 0) return nothing
  const direct = new Set(found.map(({ position }) => position))
  const held = heldWith(await readHoldLinks(tools.db, plan), direct)
  const hold = (positions: readonly number[], heldBy: string) =>
    inPieces(positions, (piece) => tools.writer.holdOperations({ plan, positions: piece, heldBy }))
  await hold([...direct], 'veto')
  await hold(
    [...held].filter((position) => !direct.has(position)),
    'dependency',
  )
  return { positions: held, causes: [causeOf(found)] }
}

type Found = Awaited<ReturnType<typeof findVetoed>>

function causeOf(found: Found): Cause {
  const undos = new Map(found.flatMap(({ vetoes }) => vetoes.map(({ run, by }) => [run, by])))
  const whom = [...undos].map(([run, by]) => `by ${by} in run ${run}`).join(', ')
  const count = found.length
  const what = `${count} of these operations were undone ${whom}; they wait until somebody lifts the veto or approves them.`
  return { code: 'veto', what, count, limit: 0, of: 0, holds: [] }
}

async function dropOutdated(
  { tools, vetoes, selection }: PlanningSession,
  { vetoed, lateFindings }: PlanDraft,
  standing: ReadonlySet<number>,
): Promise<void> {
  const people = [...vetoed].filter((id) => (lateFindings.get(id) ?? []).length === 0).map((id) => `identity ${id}`)
  // A plan of all that is due looks at every group, and at whoever is in one and managed by nobody.
  const groups =
    selection.kind === 'given' ? [] : vetoes.subjects().filter((subject) => !subject.startsWith('identity '))
  const outdated = [...people, ...groups].flatMap((subject) => vetoes.of(subject)).filter(({ id }) => !standing.has(id))
  await inPieces(
    outdated.map(({ id }) => id),
    (ids) => tools.writer.dropVetoes(ids),
  )
}
