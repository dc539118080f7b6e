import type { IdentityId } from '../../identity/ids.ts'
import type { Finding } from '../../planning/finding.ts'
import { loadFindings } from '../../state/findings/load-findings.ts'
import { changeFindings, type FindingChanges, type StoredFinding } from '../../state/findings/stored-finding.ts'
import { inPieces } from './pieces.ts'
import type { PlanDraft } from './plan-draft.ts'
import type { PlanningSession } from './planning-session.ts'

/** Replaces the findings of these people, but for those of whom more may be found out before the plan ends. */
export async function storeIdentityFindings(
  session: PlanningSession,
  findings: ReadonlyMap<IdentityId, readonly Finding[]>,
  needing: ReadonlySet<IdentityId>,
  { lateFindings }: Pick<PlanDraft, 'lateFindings'>,
): Promise<void> {
  const now: Finding[] = []
  const ids: IdentityId[] = []
  for (const [id, found] of findings) {
    const late = lateFindings.get(id)
    if (late !== undefined) late.push(...found)
    else {
      ids.push(id)
      now.push(...found)
    }
  }
  await replace(session, ids, now, needing)
}

/** At the end of the plan: of these people everything is known now. */
export async function storeLateFindings(
  session: PlanningSession,
  lateFindings: ReadonlyMap<IdentityId, readonly Finding[]>,
): Promise<void> {
  await inPieces([...lateFindings], async (piece) => {
    const ids = piece.map(([id]) => id)
    await replace(
      session,
      ids,
      piece.flatMap(([, found]) => found),
      new Set(ids),
    )
  })
}

async function replace(
  session: PlanningSession,
  ids: readonly IdentityId[],
  now: readonly Finding[],
  needing: ReadonlySet<IdentityId>,
): Promise<void> {
  const { input, tools } = session
  const stored = await loadFindings(tools.db, input.leg, 'identity', ids)
  await writeFindings(session, stored, now, ({ subject }) => needing.has(subject.id as IdentityId))
}

/** Writes what changed between the findings that stand and those that should. */
export async function writeFindings(
  { input, tools, plan }: PlanningSession,
  stored: readonly StoredFinding[],
  now: readonly Finding[],
  stillNeeds: (finding: Finding) => boolean,
): Promise<void> {
  if (stored.length === 0 && now.length === 0) return
  const changes: FindingChanges = changeFindings(stored, now, input.asOf, stillNeeds)
  const write = (part: FindingChanges) => tools.writer.storeFindings({ leg: input.leg, plan, ...part })
  await inPieces(changes.remove, (remove) => write({ remove, add: [] }))
  await inPieces(changes.add, (add) => write({ remove: [], add }))
}
