import { addFinding, type Draft } from './comparison.ts'
import { hasName } from './has-name.ts'
import { legalUserName } from './legal-name.ts'
import type { PlanContext } from './plan-context.ts'
import type { CandidateAccount, Rival, Subject } from './subject.ts'

/**
 * The wanted name as the product will store it, if this person may take it; else a finding that says who has it, and
 * `undefined`. Who claims the account of that name keeps it; then whoever claims an account at all, then the order of
 * the connections, then the older identity.
 */
export function takeName(draft: Draft, subject: Subject, context: PlanContext): string | undefined {
  const { wanted, identity } = subject
  const legality = legalUserName(wanted.name, context.capabilities.names)
  if (legality.kind === 'illegal') {
    const message = `The product does not accept ${wanted.name} as a user name: ${legality.reason}.`
    addFinding(
      draft,
      identity,
      'illegalName',
      message,
      'Change the user name at the provider or its rule in the policy.',
    )
    return undefined
  }
  const obstacle = precedingRival(subject, context) ?? holderOf(subject, context)
  if (obstacle === undefined) return legality.name
  addConflict(draft, subject, obstacle)
  return undefined
}

export function addConflict(draft: Draft, { identity, wanted }: Subject, obstacle: string): void {
  const message = `The user name ${wanted.name} is taken: ${obstacle}.`
  addFinding(
    draft,
    identity,
    'conflict',
    message,
    'Change one of the two user names, or the order of the connections.',
    [wanted.nameKey],
  )
}

/** Who has the name and will not give it away; somebody who might within the same plan is left to `untangleNames`. */
function holderOf({ candidates, wanted }: Subject, context: PlanContext): string | undefined {
  const holder = candidates.find(
    (candidate) => candidate.account.missingAt === undefined && hasName(candidate, wanted, context.capabilities),
  )
  return holder === undefined || mayFree(holder, context) ? undefined : describeHolder(holder, context)
}

function mayFree({ account, claimedBy }: CandidateAccount, { connection, policy }: PlanContext): boolean {
  if (claimedBy?.connection !== connection.id) return false
  const { deleted, outOfScope } = policy.users.policy
  const mayBeDeleted = deleted.action === 'delete' || outOfScope.action === 'delete'
  const isRenamed = claimedBy.wantedNameKey !== undefined && claimedBy.wantedNameKey !== account.nameKey
  return isRenamed || (claimedBy.left && mayBeDeleted)
}

export function describeHolder({ account, claimedBy }: CandidateAccount, { connection }: PlanContext): string {
  if (claimedBy === undefined) return `the account ${account.name} exists and nobody manages it`
  if (claimedBy.connection !== connection.id) return `the connection ${claimedBy.connectionName} manages that account`
  return claimedBy.left
    ? `that account belongs to somebody who left and had the name before`
    : `that account belongs to somebody else`
}

function precedingRival({ rivals, claim, identity }: Subject, { connection }: PlanContext): string | undefined {
  const claims = claim !== undefined
  const precedes = (rival: Rival) => {
    if (rival.sharesEmailOnly === true) return false
    if (rival.claims !== claims) return rival.claims
    return (rival.connectionPosition - connection.position || rival.identity - identity.id) < 0
  }
  const rivalsBefore = rivals.filter((one) => one.identity !== identity.id && precedes(one))
  const [rival] = rivalsBefore.toSorted(
    (a, b) => a.connectionPosition - b.connectionPosition || a.identity - b.identity,
  )
  return rival && `somebody else of the connection ${rival.connectionName} wants it and comes first`
}
