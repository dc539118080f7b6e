import type { NameKey } from '../identity/ids.ts'
import { addFinding, type Draft } from './comparison.ts'
import { hasName } from './has-name.ts'
import { isRecycled } from './is-recycled.ts'
import { legalUserName } from './legal-name.ts'
import type { PlanContext } from './plan-context.ts'
import type { CandidateAccount, Rival, Subject } from './subject.ts'
import { suffixedName } from './suffixed-name.ts'

export interface TakenName {
  readonly name: string
  /** Key of the wanted name, where somebody who left still has it. */
  readonly suffixOf?: NameKey
}

/** What stands in the way, and what to do about it if that is special. */
interface Obstacle {
  readonly what: string
  readonly remedy?: string
}

/**
 * The wanted name as the product will store it, if this person may take it; else a finding that says who has it, and
 * `undefined`. Who claims the account of that name keeps it; then whoever claims an account at all, then the order of
 * the connections, then the older identity.
 */
export function takeName(draft: Draft, subject: Subject, context: PlanContext): TakenName | undefined {
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
  const rival = precedingRival(subject, context)
  const holder = rival === undefined ? holderOf(subject, context) : undefined
  if (rival === undefined && holder === undefined) return { name: legality.name }
  const other = holder === undefined ? undefined : suffixFor(holder, subject, context)
  if (other !== undefined) return other
  addConflict(draft, subject, holder === undefined ? { what: rival ?? '' } : describeHolder(holder, subject, context))
  return undefined
}

/** Only a new account gets another name than the wanted one: nobody is renamed to a name that they do not want. */
function suffixFor(holder: CandidateAccount, subject: Subject, context: PlanContext): TakenName | undefined {
  if (context.policy.users.policy.recycledName !== 'suffix' || subject.claim !== undefined) return undefined
  // An address cannot be given a number.
  if (context.capabilities.names.userNameIs === 'email' || !isRecycled(holder, subject, context)) return undefined
  const name = suffixedName(subject, context)
  return name === undefined ? undefined : { name, suffixOf: subject.wanted.nameKey }
}

export function addConflict(draft: Draft, { identity, wanted }: Subject, { what, remedy }: Obstacle): void {
  const message = `The user name ${wanted.name} is taken: ${what}.`
  addFinding(
    draft,
    identity,
    'conflict',
    message,
    remedy ?? 'Change one of the two user names, or the order of the connections.',
    [wanted.nameKey],
  )
}

/** Who has the name and will not give it away; somebody who might within the same plan is left to `untangleNames`. */
function holderOf({ candidates, wanted }: Subject, context: PlanContext): CandidateAccount | undefined {
  const holder = candidates.find(
    (candidate) => candidate.account.missingAt === undefined && hasName(candidate, wanted, context.capabilities),
  )
  // A name that is hidden cannot be seen to become free within the plan: the deletion comes first, by a plan of its own.
  const isSeen = holder?.account.nameKey === wanted.nameKey
  return holder === undefined || (isSeen && mayFree(holder, context)) ? undefined : holder
}

function mayFree({ account, claimedBy }: CandidateAccount, { connection, policy, capabilities }: PlanContext): boolean {
  if (claimedBy?.connection !== connection.id) return false
  const { deleted, outOfScope } = policy.users.policy
  const mayBeDeleted = deleted.action === 'delete' || outOfScope.action === 'delete'
  const isRenamed =
    capabilities.names.userNameIs !== 'email' &&
    claimedBy.wantedNameKey !== undefined &&
    claimedBy.wantedNameKey !== account.nameKey
  return isRenamed || (claimedBy.left && mayBeDeleted)
}

export function describeHolder(holder: CandidateAccount, subject: Subject, context: PlanContext): Obstacle {
  const { account, claimedBy } = holder
  if (isRecycled(holder, subject, context)) return recycled(account, subject)
  if (claimedBy === undefined) return { what: `the account ${account.name} exists and nobody manages it` }
  if (claimedBy.connection !== context.connection.id)
    return { what: `the connection ${claimedBy.connectionName} manages that account` }
  if (account.active) return { what: 'that account belongs to somebody else' }
  return {
    what: 'that account is deactivated and belongs to somebody else, who may come back',
    remedy: 'Rename the deactivated account in the product, or change one of the two user names.',
  }
}

/** Nobody but an administrator knows whether it is the same person. */
const recycled = ({ name, active }: CandidateAccount['account'], { claim }: Subject): Obstacle => ({
  what: `that account${active ? '' : ' is deactivated and'} belongs to somebody who left and had the name before`,
  remedy:
    claim === undefined
      ? `Decide whether it is the same person: let the user policy give them the account (recycledName: link) or another name (suffix), or rename or delete ${name} in the product.`
      : `Rename or delete ${name} in the product, or change one of the two user names.`,
})

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
