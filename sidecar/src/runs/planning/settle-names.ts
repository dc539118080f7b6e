import { untangleNames } from '../../planning/untangle-names.ts'
import { inPieces } from './pieces.ts'
import type { PlanDraft } from './plan-draft.ts'
import type { PlanningSession } from './planning-session.ts'

/** Names are freed before they are taken, over the whole plan; who cannot have one is taken out, with a finding. */
export async function settleNames(session: PlanningSession, draft: PlanDraft): Promise<void> {
  if (draft.naming.length === 0) return
  const { tools, plan, context } = session
  const { changed, added, blocked } = untangleNames(draft.naming, draft.occupied, context.capabilities.names)
  await draft.operations.flush()
  const out = [...changed.map(({ was }) => was), ...blocked.map(({ planned }) => planned.position)]
  await inPieces(out, (positions) => tools.writer.takeOut({ plan, positions, identities: [] }))
  const gone = blocked.flatMap(({ planned: { operation }, wholeSubject }) =>
    wholeSubject && 'identity' in operation ? [operation.identity] : [],
  )
  await inPieces(gone, (identities) => tools.writer.takeOut({ plan, positions: [], identities }))
  await draft.operations.add([...changed.map(({ planned }) => planned), ...added])
  for (const { finding } of blocked) {
    if (finding.subject.kind === 'identity') draft.lateFindings.get(finding.subject.id)?.push(finding)
  }
}
