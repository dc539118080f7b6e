import { assertNever } from '../../identity/assert-never.ts'
import { describeReason } from '../describe-reason.ts'
import type { Finding } from '../finding.ts'
import type { Operation, Reason } from '../operation.ts'
import { presenceOf } from '../presence.ts'
import type { AccountState, CandidateAccount } from '../subject.ts'
import type { AccountExplanation, Obstacle, OwnOperation, PersonPlanned } from './explanation.ts'
import { obstacles } from './obstacles.ts'

/** Whether the person has an active account that is theirs by a claim, and what gives or keeps it away. */
export function explainAccount(person: PersonPlanned): AccountExplanation {
  const account = claimedAccount(person)
  const facts = { id: account?.id, name: account?.name, active: account && isActive(person) }
  const taken = takenAway(person)
  const by = takingOperation(person)
  if (account !== undefined && isActive(person)) {
    if (taken !== undefined) return { ...facts, verdict: 'loses', because: [], obstacle: takenBy(taken), by }
    return { ...facts, verdict: 'has', because: keptBecause(person), obstacle: undefined, by: undefined }
  }
  const given = givenBy(person)
  if (given !== undefined && taken === undefined) {
    const because = given.reasons.map(describeReason)
    return { ...facts, verdict: 'gets', name: nameOf(given), because, obstacle: undefined, by: given }
  }
  return { ...facts, verdict: 'hasNot', because: [], obstacle: obstacleOf(person), by }
}

/** The account that is or becomes this person's, as the product has it now. */
export function accountOf(person: PersonPlanned): AccountState | undefined {
  return claimedAccount(person) ?? adopted(person)?.account
}

const claimedAccount = ({ compared }: PersonPlanned): AccountState | undefined => {
  const account = compared?.subject.claim?.account
  return account?.missingAt === undefined ? account : undefined
}

export function adopted(person: PersonPlanned): CandidateAccount | undefined {
  const adoption = ownOperations(person).find(({ kind }) => kind === 'adoptAccount')
  if (adoption === undefined || !('account' in adoption)) return undefined
  return person.compared?.subject.candidates.find(({ account }) => account.id === adoption.account.id)
}

/** Without what the same plan does to somebody else. */
export function ownOperations({ identity, compared, wholePlan }: PersonPlanned): readonly OwnOperation[] {
  const own = (compared?.comparison.operations ?? []).filter((operation): operation is OwnOperation => {
    return 'identity' in operation && operation.identity === identity.id
  })
  const goneWhole = own.some(({ kind }) => kind === 'createUser') && nameConflict(wholePlan.findings) !== undefined
  return goneWhole || wholePlan.handedOver !== undefined ? [] : own
}

/** Found out by a whole plan: who has the name does not give it away after all. */
export const nameConflict = (findings: readonly Finding[]): Finding | undefined =>
  findings.find(({ code }) => code === 'conflict')

const isActive = ({ compared }: PersonPlanned): boolean => {
  const claim = compared?.subject.claim
  return claim?.account.active === true && claim.revoked.length === 0
}

const takingKinds: ReadonlySet<Operation['kind']> = new Set([
  'deactivateUser',
  'revokeAccess',
  'deleteUser',
  'releaseAccount',
])

function takenAway(person: PersonPlanned): Reason | undefined {
  if (person.wholePlan.handedOver !== undefined) return person.wholePlan.handedOver[0]
  return takingOperation(person)?.reasons[0]
}

const takingOperation = (person: PersonPlanned): OwnOperation | undefined =>
  ownOperations(person).find(({ kind }) => takingKinds.has(kind))

const takenBy = (reason: Reason): Obstacle => obstacles.taken(reason, describeReason(reason))

/** The operation by which an account becomes theirs, if it is an active one then. */
function givenBy(person: PersonPlanned): OwnOperation | undefined {
  const operations = ownOperations(person)
  const creation = operations.find(({ kind }) => kind === 'createUser')
  if (creation !== undefined) return creation
  const had = person.compared?.subject.claim ?? adopted(person)
  if (had === undefined || had.account.missingAt !== undefined) return undefined
  const activation = operations.find(({ kind }) => kind === 'activateUser')
  const restoring = operations.find(({ kind }) => kind === 'restoreAccess')
  const isToBeActive = had.account.active || activation !== undefined
  if (!isToBeActive || (had.revoked.length > 0 && restoring === undefined)) return undefined
  return operations.find(({ kind }) => kind === 'adoptAccount') ?? activation ?? restoring
}

const nameOf = (operation: OwnOperation): string =>
  operation.kind === 'createUser' ? operation.after.name : operation.account.name

/** What stands in the way of losing it, where something does. */
function keptBecause({ compared, projection }: PersonPlanned): readonly string[] {
  if (compared === undefined) return projection.findings.map(({ message }) => message)
  const { comparison, subject } = compared
  const { findings, wakeAt } = comparison
  const leaves = subject.wanted.state !== 'wanted'
  const grace = leaves && wakeAt !== undefined ? [`The grace period ends ${new Date(wakeAt).toISOString()}.`] : []
  const kept = findings.filter(
    ({ code }) => code === 'excepted' || code === 'protected' || (leaves && code !== 'leadNotReassigned'),
  )
  const leftAlone = comparison.unplanned === 'leftAlone' ? [obstacles.leftAlone.message] : []
  return [...grace, ...leftAlone, ...kept.map(({ message }) => message)]
}

/** The first rule, in the order in which planning asks them. */
function obstacleOf(person: PersonPlanned): Obstacle {
  const { projection, compared, wholePlan, context, identity } = person
  const absent = absence(person)
  if (absent !== undefined) return absent
  const undecided = projection.findings[0]
  if (compared === undefined || compared.subject.wanted.state !== 'wanted') {
    if (undecided !== undefined) return fromFinding(undecided)
  }
  if (wholePlan.handedOver?.[0] !== undefined) return takenBy(wholePlan.handedOver[0])
  const late = nameConflict(wholePlan.findings)
  if (late !== undefined && compared?.comparison.operations.some(({ kind }) => kind === 'createUser')) {
    return fromFinding(late)
  }
  const found = compared && fromComparison(compared.comparison)
  if (found !== undefined) return found
  const reason = takenAway(person)
  if (reason !== undefined) return takenBy(reason)
  // Every rule of planning that gives somebody no account says so: this is a rule without a reason, and no guess.
  throw new Error(`nothing says why identity ${identity.id} has no account for connection ${context.connection.id}`)
}

function fromComparison(comparison: NonNullable<PersonPlanned['compared']>['comparison']): Obstacle | undefined {
  const { unplanned, findings } = comparison
  if (unplanned === 'inactive') return obstacles.inactive
  if (unplanned === 'staysInactive') return obstacles.staysInactive
  if (unplanned === 'leftAlone') return obstacles.leftAlone
  const finding = findings.find(({ code }) => code !== 'leadNotReassigned')
  if (finding !== undefined) return fromFinding(finding)
  return unplanned === 'creationOff' ? obstacles.creationOff : undefined
}

/** Why somebody is not wanted at all. */
export function absence({ identity, context }: PersonPlanned): Obstacle | undefined {
  const presence = presenceOf(identity, context)
  switch (presence.kind) {
    case 'wanted':
    case 'undecided':
      return undefined
    case 'deleted':
      return obstacles.deleted(presence.at)
    case 'missing':
      return obstacles.missing(presence.at)
    case 'disabled':
      return obstacles.disabled
    case 'guest':
      return obstacles.guest
    case 'notChosen':
      return obstacles.notChosen
    case 'filtered':
      return obstacles.filtered(context.policy.users.policy.filter ?? '')
    default:
      return assertNever(presence)
  }
}

export const fromFinding = ({ code, message, remedy }: Finding): Obstacle => ({ code, message, remedy })
