import { longestName } from '../data-center/names.ts'

/** Why Confluence does not create a user of this name, or undefined (Data Center, names). */
export function userNameFault(name: unknown): string | undefined {
  if (typeof name !== 'string' || name.trim() === '') return 'The userName must not be blank.'
  if (/[\\,+<>'"]/.test(name)) return `The userName must not contain any of \\ , + < > ' ".`
  if (/\s/.test(name)) return 'The userName must not contain white space.'
  if (name === 'anonymous') return 'The userName must not be anonymous.'
  if (/\p{Lu}/u.test(name)) return 'The userName must not contain upper case characters.'
  return name.length > longestName ? `The userName must not be longer than ${longestName} characters.` : undefined
}

/** Not blank, no `<` or `>`, not "anonymous" (Data Center, names). */
export function fullNameFault(name: unknown): string | undefined {
  if (typeof name !== 'string' || name.trim() === '') return 'The fullName must not be blank.'
  if (/[<>]/.test(name)) return 'The fullName must not contain < or >.'
  if (name.trim().toLowerCase() === 'anonymous') return 'The fullName must not be anonymous.'
  return name.length > longestName ? `The fullName must not be longer than ${longestName} characters.` : undefined
}

export function emailFault(email: unknown): string | undefined {
  if (typeof email !== 'string' || email.trim() === '') return 'The email must not be blank.'
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) return 'The email must be a valid email address.'
  return email.length > longestName ? `The email must not be longer than ${longestName} characters.` : undefined
}

/** A password, or a mail that asks the user for one; not both, and one of them (Confluence REST, users). */
export function passwordFault(password: unknown, notifyViaEmail: unknown): string | undefined {
  if (notifyViaEmail === true) {
    return password === undefined ? undefined : 'The password must not be given when notifyViaEmail is true.'
  }
  return typeof password === 'string' && password.trim() !== '' ? undefined : 'The password must not be blank.'
}
