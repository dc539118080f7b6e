import type { SourceGroupId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import type { Finding } from '../../planning/finding.ts'
import type { GroupPlan } from '../../planning/group-plan.ts'
import { loadFindings } from '../../state/findings/load-findings.ts'
import { foundByExecuting, type StoredFinding } from '../../state/findings/stored-finding.ts'
import type { Leg } from '../../state/marks/mark.ts'
import type { Db } from '../../store/transaction.ts'

/** All findings about groups that stand on a leg. */
export async function loadGroupFindings(db: Db, leg: Leg): Promise<StoredFinding[]> {
  return [...(await loadFindings(db, leg, 'sourceGroup')), ...(await loadFindings(db, leg, 'targetGroup'))]
}

/** Whatever becomes of these findings, nobody below the group gets anything else by it. */
const stopsNobody: ReadonlySet<Finding['code']> = new Set([...foundByExecuting, 'unclaimedMember'])

/** Findings of the group plan that stand: what it says itself, and what blocks a group that somebody needed before. */
export function standingGroupFindings(stored: readonly StoredFinding[], groups: GroupPlan): Finding[] {
  const blocking = stored.flatMap(({ finding }) => {
    const blockedBy = groups.targetOf(nameKey(finding.subjectName))?.blockedBy
    return blockedBy?.code === finding.code ? [blockedBy] : []
  })
  return [...groups.findings, ...blocking]
}

/**
 * Source groups about which a finding no longer holds: everybody below them is looked at again, because nothing about
 * these people changed that would mark them.
 */
export function relievedGroups(stored: readonly StoredFinding[], groups: GroupPlan): SourceGroupId[] {
  const standing = new Set(standingGroupFindings(stored, groups).map(keyOf))
  const gone = stored
    .map(({ finding }) => finding)
    .filter((finding) => !standing.has(keyOf(finding)) && !stopsNobody.has(finding.code))
  return [...new Set(gone.flatMap((finding) => concerned(finding, groups)))].sort((a, b) => a - b)
}

const keyOf = ({ code, subject }: Finding): string => `${code} ${subject.kind} ${subject.id}`

function concerned({ subject, subjectName }: Finding, groups: GroupPlan): readonly SourceGroupId[] {
  const behind = groups.targetOf(nameKey(subjectName))?.sources ?? []
  return subject.kind === 'sourceGroup' && subject.id !== 0 ? [...behind, subject.id] : behind
}
