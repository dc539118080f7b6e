import type { Answer } from '../data-center/answer.ts'
import { nonconformity } from '../data-center/conformity.ts'
import type { ValueKind } from '../data-center/operation.ts'
import { parsedJson } from '../data-center/read-request.ts'
import type { Incoming, Violation } from '../data-center/serve.ts'
import type { Service } from '../data-center/server.ts'
import { type Account, isAccount } from './account.ts'
import type { Cloud } from './cloud.ts'
import type { CloudOperation } from './operation.ts'
import { keyed } from './organization-answer.ts'
import {
  cancelDeletion,
  deleteAccount,
  disableAccount,
  enableAccount,
  getManagement,
  getProfile,
  type ManagedHandler,
  setEmail,
  updateProfile,
} from './organization-handlers.ts'

/** AtlassianAccountUser without what is read only. */
const profileBody: Readonly<Record<string, ValueKind>> = {
  name: 'string',
  nickname: 'string',
  zoneinfo: 'string',
  locale: 'string',
  extended_profile: 'any',
}

type ManagedOperation = Omit<CloudOperation, 'access'>

/** The organization API for managed accounts (Jira Cloud REST, Cloud user management description): paths below `/users/{id}/manage`. */
const description = {
  getManagement: { method: 'GET', path: '', query: { privileges: 'strings' } },
  getProfile: { method: 'GET', path: '/profile' },
  updateProfile: { method: 'PATCH', path: '/profile', body: profileBody },
  setEmail: { method: 'PUT', path: '/email', body: { email: 'string' } },
  // The message may be left out, the body may not.
  disableAccount: { method: 'POST', path: '/lifecycle/disable', body: { message: 'string' } },
  enableAccount: { method: 'POST', path: '/lifecycle/enable' },
  deleteAccount: { method: 'POST', path: '/lifecycle/delete' },
  cancelDeletion: { method: 'POST', path: '/lifecycle/cancel-delete' },
} as const satisfies Record<string, ManagedOperation>

type OperationName = keyof typeof description

const handlers: Readonly<Record<OperationName, ManagedHandler>> = {
  getManagement,
  getProfile,
  updateProfile,
  setEmail,
  disableAccount,
  enableAccount,
  deleteAccount,
  cancelDeletion,
}

/** What `https://api.atlassian.com` answers for the accounts that an organization manages. */
export const organizationService = (cloud: Cloud): Service => ({
  routes: Object.entries<ManagedOperation>(description).map(([name, { method, path }]) => ({
    name,
    method,
    url: `/users/:accountId/manage${path}`,
  })),
  open: (_base, violations) => (name, request) =>
    // The names of the routes are those of the description.
    serve(cloud, name as OperationName, request, violations),
  errorBody: (status) => JSON.stringify({ key: `injected.${status}` }),
})

function serve(cloud: Cloud, name: OperationName, request: Incoming, violations: Violation[]): Answer {
  cloud.closeDeleted()
  if (!hasKey(cloud, request.headers.authorization)) return keyed(401, 'unauthorized')
  const operation: ManagedOperation = description[name]
  const reason = nonconformity(operation, request.query, request.text, parsedJson(request.text))
  if (reason !== undefined) {
    violations.push({ call: `${request.method} ${request.url}`, reason })
    return keyed(400, 'bodyParseFailure', { reason })
  }
  const account = managedAccount(cloud, request.parameters.accountId ?? '')
  if (!isAccount(account)) return account
  return handlers[name]({ cloud, account, body: (parsedJson(request.text) ?? {}) as Record<string, unknown> })
}

/** Bearer with a key of the organization, which expires. */
function hasKey({ organization, now }: Cloud, authorization = ''): boolean {
  const [scheme = '', key = ''] = authorization.split(' ', 2)
  const expiresAt = organization.apiKeys.get(key)
  return scheme.toLowerCase() === 'bearer' && expiresAt !== undefined && expiresAt > now()
}

/** Other people's accounts are 403, closed ones are gone [believed]. */
function managedAccount({ accounts }: Cloud, accountId: string): Account | Answer {
  const account = accounts.find(accountId)
  if (!account || account.status === 'closed') return keyed(404, 'accountNotFound')
  return account.managed ? account : keyed(403, 'forbidden')
}
