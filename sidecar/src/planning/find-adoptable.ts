import { assertNever } from '../identity/assert-never.ts'
import { nameKey } from '../identity/name-key.ts'
import { hasName } from './has-name.ts'
import { isRecycled } from './is-recycled.ts'
import type { PlanContext } from './plan-context.ts'
import type { CandidateAccount, Rival, Subject } from './subject.ts'

export type Adoptable =
  | { readonly kind: 'adopt'; readonly candidate: CandidateAccount }
  /** The only account with the wanted e-mail belongs to somebody else. */
  | { readonly kind: 'conflict'; readonly candidate: CandidateAccount }
  | { readonly kind: 'ambiguous' }
  /** Nothing to adopt: whether the name can be had is a question for creating. */
  | { readonly kind: 'none' }

/** The account that existed before us and that the policy lets this person have. */
export function findAdoptable(subject: Subject, context: PlanContext): Adoptable {
  const { adopt } = context.policy.users.policy
  const present = subject.candidates.filter(({ account }) => account.missingAt === undefined)
  switch (adopt) {
    case 'never':
      return matchRecycled(subject, present, context)
    case 'email': {
      const match = matchByEmail(subject, present, context)
      return match.kind === 'none' ? matchRecycled(subject, present, context) : match
    }
    case 'userName':
      return matchByName(subject, present, context)
    default:
      return assertNever(adopt)
  }
}

/** However accounts are adopted otherwise: the policy may give that of somebody who left to who has the name now. */
const matchRecycled = (subject: Subject, present: readonly CandidateAccount[], context: PlanContext): Adoptable =>
  matchByName(
    subject,
    present.filter((candidate) => isRecycled(candidate, subject, context)),
    context,
  )

const noMatch: Adoptable = { kind: 'none' }

function matchByName(subject: Subject, present: readonly CandidateAccount[], context: PlanContext): Adoptable {
  const sameName = present.find((candidate) => hasName(candidate, subject.wanted, context.capabilities))
  if (sameName === undefined || !isFree(sameName, subject, context) || isPreceded(subject, context)) return noMatch
  return { kind: 'adopt', candidate: { ...sameName, matchedBy: 'userName' } }
}

/** An address proves a person only in a domain that the company owns, and only if exactly one account has it. */
function matchByEmail(subject: Subject, present: readonly CandidateAccount[], context: PlanContext): Adoptable {
  const email = subject.wanted.email
  if (email === undefined || !isTrustedDomain(email, context)) return noMatch
  const matches = present.filter(
    ({ account }) => account.email !== undefined && nameKey(account.email) === nameKey(email),
  )
  const [only, ...others] = matches
  if (only === undefined) return noMatch
  if (others.length > 0 || subject.rivals.some(({ sharesEmailOnly }) => sharesEmailOnly)) return { kind: 'ambiguous' }
  if (!isFree(only, subject, context)) return { kind: 'conflict', candidate: only }
  if (isPreceded(subject, context)) return noMatch
  return { kind: 'adopt', candidate: { ...only, matchedBy: 'email' } }
}

function isTrustedDomain(email: string, { policy }: PlanContext): boolean {
  const domain = nameKey(email.slice(email.lastIndexOf('@') + 1))
  return policy.users.policy.adoptEmailDomains.some((trusted) => nameKey(trusted.replace(/^@/, '')) === domain)
}

/**
 * Nobody's, or that of somebody of another connection who left. Within this connection a name that comes back on a new
 * identity is most likely a new person: inheriting the old one's rights and history is for the policy to say.
 */
function isFree(candidate: CandidateAccount, subject: Subject, context: PlanContext): boolean {
  if (isRecycled(candidate, subject, context)) return context.policy.users.policy.recycledName === 'link'
  const { claimedBy } = candidate
  return claimedBy === undefined || (claimedBy.left && claimedBy.connection !== context.connection.id)
}

/** Whoever claims an account wants another name than their own only to rename: adopting comes before that. */
function isPreceded({ rivals, identity }: Subject, { connection }: PlanContext): boolean {
  const precedes = (rival: Rival) =>
    !rival.claims &&
    rival.sharesEmailOnly !== true &&
    (rival.connectionPosition - connection.position || rival.identity - identity.id) < 0
  return rivals.some((rival) => rival.identity !== identity.id && precedes(rival))
}
