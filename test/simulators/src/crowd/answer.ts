import type { Answer } from '../data-center/answer.ts'

/** Reasons of the error body (Crowd REST; part of the list is believed). */
export type Reason =
  | 'APPLICATION_PERMISSION_DENIED'
  | 'EXPIRED_CREDENTIAL'
  | 'GROUP_NOT_FOUND'
  | 'ILLEGAL_ARGUMENT'
  | 'INACTIVE_ACCOUNT'
  | 'INVALID_CREDENTIAL'
  | 'INVALID_GROUP'
  | 'INVALID_MEMBERSHIP'
  | 'INVALID_SSO_TOKEN'
  | 'INVALID_USER'
  | 'INVALID_USER_AUTHENTICATION'
  | 'MEMBERSHIP_ALREADY_EXISTS'
  | 'MEMBERSHIP_NOT_FOUND'
  | 'NESTED_GROUPS_NOT_SUPPORTED'
  | 'OPERATION_FAILED'
  | 'UNSUPPORTED_OPERATION'
  | 'USER_NOT_FOUND'

/** What the user server says: one thing, as JSON or XML. */
export interface CrowdAnswer extends Answer {
  /** Name of the XML element that `body` becomes for callers who do not ask for JSON (Crowd REST). */
  readonly root?: string
}

export const told = (root: string, body: object, status = 200): CrowdAnswer => ({ status, root, body })
/** Says that it is JSON and is empty: a popular client refuses an answer of any other type. */
export const createdEmpty: CrowdAnswer = { status: 201, headers: { 'content-type': 'application/json' } }
export const done: CrowdAnswer = { status: 204 }

export const refuse = (status: number, reason: Reason, message: string): CrowdAnswer =>
  told('error', { reason, message }, status)

/** Texts as the product words the first one (6); the others follow it. */
export const noUser = (name: string, status = 404) => refuse(status, 'USER_NOT_FOUND', `User <${name}> does not exist`)
export const noGroup = (name: string, status = 404) =>
  refuse(status, 'GROUP_NOT_FOUND', `Group <${name}> does not exist`)
export const plain = (status: number, content: string, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers,
  text: { type: 'text/plain;charset=UTF-8', content },
})
export const noMembership = (child: string, parent: string) =>
  refuse(404, 'MEMBERSHIP_NOT_FOUND', `<${child}> is not a member of <${parent}>`)
/** Missing permission of the mapping or the directory: 403, exact reason believed (Data Center, directories; Crowd REST, several directories). */
export const notPermitted = (what: string) =>
  refuse(403, 'APPLICATION_PERMISSION_DENIED', `Application is not permitted to ${what} in any of its directories`)
