import type { Answer } from '../data-center/answer.ts'
import { longestName } from '../data-center/names.ts'
import type { User } from '../data-center/user.ts'
import { invalid, noUserNamed, outranked, readOnly } from './answer.ts'
import { mutableDetails } from './beans.ts'
import type { Call } from './call.ts'

/** Blank and longer values than the columns hold are refused [believed] (Data Center, names). */
export function textFault(field: string, value: unknown): Answer | undefined {
  if (typeof value !== 'string' || value.trim() === '') return invalid(field, `The ${field} must not be blank.`)
  if (value.length > longestName)
    return invalid(field, `The ${field} must not be longer than ${longestName} characters.`)
  return undefined
}

export const emailFault = (field: string, value: unknown): Answer | undefined =>
  textFault(field, value) ??
  (/^[^\s@]+@[^\s@]+$/.test(String(value)) ? undefined : invalid(field, 'The e-mail address is not valid.'))

/** The user of this name, if the caller may change it. Being outranked is 401 or 403, as each resource says (Bitbucket REST, users). */
export function changeableUser(call: Call, name: unknown, ifOutranked: 401 | 403): User | Answer {
  if (typeof name !== 'string' || name === '') return invalid('name', 'The name must be given.')
  const user = call.bitbucket.people.find(name)
  if (!user) return noUserNamed(name)
  const { permissions } = call.bitbucket
  return permissions.rank(user) > permissions.rank(call.caller) ? outranked(ifOutranked) : user
}

export const directoryFault = ({ name, directory }: User): Answer | undefined =>
  mutableDetails(directory) ? undefined : readOnly(`User '${name}' is in the read-only directory '${directory.name}'.`)
