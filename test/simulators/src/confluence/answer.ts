import { STATUS_CODES } from 'node:http'
import type { Answer } from '../data-center/answer.ts'
import { longestName } from '../data-center/names.ts'

/** `RestError` (Confluence REST). */
export const refuse = (status: number, message: string, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  body: {
    statusCode: status,
    data: {
      authorized: status !== 401 && status !== 403,
      valid: status !== 400,
      allowedInReadOnlyMode: true,
      errors: [],
      successful: false,
    },
    message,
    reason: STATUS_CODES[status] ?? '',
  },
  headers,
})

/** The texts are believed; those of read-only directories are seen (Data Center, directories). */
export const noUserNamed = (name: string): Answer => refuse(404, `No user found with username: ${name}`)
export const noGroupNamed = (name: string): Answer => refuse(404, `No group found with name: ${name}`)
export const tooLong = (what: string): Answer =>
  refuse(400, `${what} must not be longer than ${longestName} characters.`)
export const readOnlyUser = (status: 400 | 403, name: string): Answer =>
  refuse(status, `Cannot edit user '${name}'. The user's directory is read only.`)
export const readOnlyGroup = (group: string, directory: string): Answer =>
  refuse(403, `Cannot update group '${group}' because directory '${directory}' does not allow updates.`)
export const readOnlyMembership = (user: string, verb: 'add' | 'remove', group: string): Answer =>
  refuse(
    403,
    `You cannot ${verb} user '${user}' ${verb === 'add' ? 'to' : 'from'} group '${group}'. The user's directory is read only.`,
  )
