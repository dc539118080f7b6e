import { type Answer, noContent, ok } from '../data-center/answer.ts'
import type { Account } from './account.ts'
import type { Cloud } from './cloud.ts'
import { keyed } from './organization-answer.ts'

/** One request about an account that the organization manages. */
export interface ManagedCall {
  readonly cloud: Cloud
  readonly account: Account
  readonly body: Readonly<Record<string, unknown>>
}

export type ManagedHandler = (call: ManagedCall) => Answer

const profileFields = ['name', 'nickname', 'zoneinfo', 'locale', 'extended_profile'] as const
const allowed = { allowed: true } as const
const bySCIM = { allowed: false, reason: { key: 'externalDirectory.scim' } } as const

/** What is provisioned from outside may not be changed here. */
const rule = ({ scim }: Account) => (scim ? bySCIM : allowed)

const mutability = (account: Account) => Object.fromEntries(profileFields.map((field) => [field, rule(account)]))

export const getManagement: ManagedHandler = ({ account }) =>
  ok({
    profile: mutability(account),
    'profile.write': mutability(account),
    'profile.read': allowed,
    'email.set': rule(account),
    'lifecycle.enablement': rule(account),
    'lifecycle.delete': rule(account),
  })

export const getProfile: ManagedHandler = ({ account }) => ok({ account: profileBean(account) })

const profileBean = (account: Account) => ({
  ...account.profile,
  account_id: account.accountId,
  account_type: account.kind,
  account_status: account.status,
  name: account.displayName,
  nickname: account.nickname,
  email: account.email,
  picture: `https://avatar.example.com/${account.accountId}`,
})

/** Names hold 100 characters, nicknames 30, and no control characters. */
export const updateProfile: ManagedHandler = ({ account, body }) => {
  if (account.scim) return keyed(403, 'forbidden.fieldMutation', mutability(account))
  const { name, nickname, ...rest } = body as Record<string, string | undefined>
  const fieldViolations = [...textFaults('name', name, 100), ...textFaults('nickname', nickname, 30)]
  if (fieldViolations.length > 0) return violated(fieldViolations)
  account.displayName = name ?? account.displayName
  account.nickname = nickname ?? account.nickname
  Object.assign(account.profile, rest)
  return ok({ account: profileBean(account) })
}

interface FieldViolation {
  readonly field: string
  readonly violations: readonly { key: string }[]
}

function textFaults(field: string, value: string | undefined, longest: number): FieldViolation[] {
  if (value === undefined) return []
  const keys = []
  if (value === '') keys.push('minLength')
  if (value.length > longest) keys.push('maxLength')
  if (/\p{Cc}/u.test(value)) keys.push('validCharacters')
  return keys.length === 0 ? [] : [{ field, violations: keys.map((key) => ({ key })) }]
}

const violated = (fieldViolations: readonly FieldViolation[]): Answer =>
  keyed(400, 'fieldConstraintsViolated', { fieldViolations })

/** Into a verified domain only; ends the person's sessions (Jira Cloud REST). An address in use is a violation [believed]. */
export const setEmail: ManagedHandler = ({ cloud, account, body }) => {
  if (account.scim) return keyed(403, 'forbidden.action', bySCIM)
  const email = typeof body.email === 'string' ? body.email : ''
  if (!/^[^@\s]+@[^@\s]+$/.test(email)) return violated([{ field: 'email', violations: [{ key: 'format' }] }])
  if (!cloud.isManagedDomain(email)) {
    return keyed(403, 'forbidden.unclaimedDomain', { domain: email.split('@').at(-1) })
  }
  const holder = cloud.accounts.findByEmail(email)
  if (holder && holder !== account) return violated([{ field: 'email', violations: [{ key: 'unique' }] }])
  cloud.accounts.changeEmail(account, email)
  return noContent
}

/** No check for leads: the organization knows nothing of projects. */
export const disableAccount: ManagedHandler = ({ account }) => {
  if (account.scim) return keyed(403, 'forbidden.action', bySCIM)
  account.status = 'inactive'
  return noContent
}

/** The deletion of a deleted account must be cancelled first. */
export const enableAccount: ManagedHandler = ({ cloud, account }) => {
  if (account.scim) return keyed(403, 'forbidden.action', bySCIM)
  if (cloud.organization.deletions.has(account)) return lifecycleConflict(account, 'deletion-scheduled')
  account.status = 'active'
  return noContent
}

/** Appears as deactivated for 14 days, and is closed then. */
export const deleteAccount: ManagedHandler = ({ cloud, account }) => {
  if (account.scim) return keyed(403, 'forbidden.action', bySCIM)
  if (cloud.organization.deletions.has(account)) return lifecycleConflict(account, 'deletion-scheduled')
  account.status = 'inactive'
  cloud.organization.deletions.set(account, cloud.now())
  return ok({ message: 'Success' })
}

/** Restores and activates the account; without a deletion it is just activated [believed]. */
export const cancelDeletion: ManagedHandler = ({ cloud, account }) => {
  if (account.scim) return keyed(403, 'forbidden.action', bySCIM)
  cloud.organization.deletions.delete(account)
  account.status = 'active'
  return ok({ message: 'Success' })
}

const lifecycleConflict = ({ accountId }: Account, code: string): Answer =>
  keyed(409, 'conflict.lifecycleErrors', {
    message: "This account isn't eligible for the requested action",
    accountId,
    errorCodes: [{ code }],
  })
