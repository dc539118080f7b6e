import { assertNever } from '../identity/assert-never.ts'
import type { Attributes } from '../identity/identity.ts'
import type { Instant } from '../identity/ids.ts'
import { nameKey } from '../identity/name-key.ts'
import type { Evaluated } from './compile-expression.ts'
import type { Finding } from './finding.ts'
import { identityFinding } from './identity-finding.ts'
import type { PlanContext } from './plan-context.ts'
import { presenceOf } from './presence.ts'
import { revisionOf } from './revision-of.ts'
import type { IdentityState, WantedAccount } from './subject.ts'

export interface Projection {
  /** `undefined`: nothing can be said about this person yet and nothing was said before; store and compare nothing. */
  readonly wanted: WantedAccount | undefined
  readonly findings: readonly Finding[]
}

type State = WantedAccount['state']
type Fields = Pick<WantedAccount, 'name' | 'email' | 'displayName' | 'attributes'>

/** What the policy makes of one identity; an expression that fails keeps the former projection, never removes. */
export function projectIdentity(
  identity: IdentityState,
  previous: WantedAccount | undefined,
  context: PlanContext,
): Projection {
  const findings: Finding[] = []
  const state = stateOf(identity, previous, context, findings)
  const fields = fieldsOf(identity, context, findings) ?? previous
  if (state === undefined || fields === undefined) return { wanted: undefined, findings }
  // Of somebody who left nothing is wanted that an expression could be missing.
  const reported = state === 'wanted' || state === 'disabled' ? findings : noFindings
  return { wanted: wantedOf(identity, state, fields, previous, context.asOf), findings: reported }
}

const noFindings: readonly Finding[] = []

function wantedOf(
  identity: IdentityState,
  state: State,
  { name, email, displayName, attributes }: Fields,
  previous: WantedAccount | undefined,
  asOf: Instant,
): WantedAccount {
  const since = previous?.state === state ? previous.since : startOf(identity, state, asOf)
  const revision = revisionOf([state, name, email, displayName], attributes, identity.directGroups)
  return { state, since, name, nameKey: nameKey(name), email, displayName, attributes, revision }
}

/** Grace counts from the first complete reading without the person, which may be older than this plan. */
const startOf = ({ deletedAt, missingAt }: IdentityState, state: State, asOf: Instant): Instant =>
  state === 'deleted' ? Math.min(deletedAt ?? asOf, missingAt ?? asOf) : asOf

function stateOf(
  identity: IdentityState,
  previous: WantedAccount | undefined,
  context: PlanContext,
  findings: Finding[],
): State | undefined {
  const presence = presenceOf(identity, context)
  switch (presence.kind) {
    case 'wanted':
    case 'disabled':
      return presence.kind
    case 'deleted':
    case 'missing':
      return 'deleted'
    case 'guest':
    case 'notChosen':
    case 'filtered':
      return 'outOfScope'
    case 'undecided':
      findings.push(failure(identity, 'the filter', presence.evaluated))
      return previous?.state === 'wanted' || previous?.state === 'outOfScope' ? previous.state : undefined
    default:
      return assertNever(presence)
  }
}

function fieldsOf(
  identity: IdentityState,
  { policy, capabilities }: PlanContext,
  findings: Finding[],
): Fields | undefined {
  const before = findings.length
  const { users } = policy
  const email = optional(identity, 'the e-mail address', users.email(identity), findings)
  const isKnownByEmail = capabilities.names.userNameIs === 'email'
  if (isKnownByEmail && email === undefined && findings.length === before) findings.push(noAddress(identity))
  const name = isKnownByEmail ? email : required(identity, users.userName(identity), findings)
  const displayName = optional(identity, 'the display name', users.displayName(identity), findings)
  const attributes = customAttributes(identity, users.customAttributes, findings)
  return name === undefined || findings.length > before ? undefined : { name, email, displayName, attributes }
}

const noAttributes: Attributes = {}

function customAttributes(
  identity: IdentityState,
  compiled: PlanContext['policy']['users']['customAttributes'],
  findings: Finding[],
): Attributes {
  if (compiled.length === 0) return noAttributes
  const values = compiled.map(({ name, value }) => [
    name,
    optional(identity, `the attribute ${name}`, value(identity), findings),
  ])
  return Object.fromEntries(values.filter(([, value]) => value !== undefined))
}

function optional(
  identity: IdentityState,
  what: string,
  evaluated: Evaluated<string>,
  findings: Finding[],
): string | undefined {
  if (evaluated.kind === 'value') return evaluated.value === '' ? undefined : evaluated.value
  if (evaluated.kind === 'failed') findings.push(failure(identity, what, evaluated))
  return undefined
}

function required(identity: IdentityState, evaluated: Evaluated<string>, findings: Finding[]): string | undefined {
  if (evaluated.kind === 'failed') findings.push(failure(identity, 'the user name', evaluated))
  else if (evaluated.kind === 'absent' || evaluated.value === '') findings.push(noUserName(identity))
  else return evaluated.value
  return undefined
}

const noUserName = (identity: IdentityState) =>
  identityFinding(
    identity,
    'missingAttribute',
    'The policy makes no user name of this person; what was planned for them before stays.',
    'Fill in the attribute at the identity provider, or change the user name of the user policy.',
  )

const noAddress = (identity: IdentityState) =>
  identityFinding(
    identity,
    'missingAttribute',
    'This person has no e-mail address, by which the product knows its accounts; what was planned for them before stays.',
    'Fill in the address at the identity provider, or change the e-mail expression of the user policy.',
  )

const failure = (identity: IdentityState, what: string, evaluated: Exclude<Evaluated<unknown>, { kind: 'value' }>) =>
  identityFinding(
    identity,
    'expressionFailed',
    evaluated.kind === 'absent'
      ? `The expression for ${what} reads ${evaluated.attribute}, which this person does not have; what was planned before stays.`
      : `The expression for ${what} fails for this person: ${evaluated.reason}; what was planned before stays.`,
    'Let the expression ask first: has(user.x) ? user.x : "", or user.?x.orValue("").',
  )
