import { acceptsDeactivation, acceptsUsers } from '../data-center/directory.ts'
import { fold, longestName } from '../data-center/names.ts'
import type { User } from '../data-center/user.ts'
import type { Jira } from './jira.ts'
import { userNameFault } from './user-name.ts'

export type FieldErrors = Record<string, string>

/**
 * Refusals of writes to users. The field names are those of the product's user service: `errors.username` for a taken name
 * is seen (Jira REST, users), `email`, `fullname` and `password` are believed after it.
 */
export function profileErrors(displayName: string | undefined, emailAddress: string | undefined): FieldErrors {
  const errors: FieldErrors = {}
  if (displayName?.trim() === '') errors.fullname = 'You must specify a full name.'
  if ((displayName?.length ?? 0) > longestName) errors.fullname = tooLong('full name')
  if (emailAddress?.trim() === '') errors.email = 'You must specify an email address.'
  if ((emailAddress?.length ?? 0) > longestName) errors.email = tooLong('email')
  return errors
}

const tooLong = (what: string): string => `The ${what} must not exceed ${longestName} characters in length.`

/** A name is taken if any directory has it, in any case (Data Center, names). */
export function nameErrors(jira: Jira, name: string, owner?: User): FieldErrors {
  const fault = userNameFault(name)
  if (fault) return { username: fault }
  const holder = jira.people.find(fold(name))
  return holder && holder !== owner ? { username: 'A user with that username already exists.' } : {}
}

/** Status 400 with an errors map [believed] (Data Center, directories). */
export function directoryErrors(user: User): FieldErrors {
  if (acceptsUsers(user.directory)) return {}
  return { username: `Cannot edit user '${user.name}'. The user's directory is read only.` }
}

/** Leads and users of a connector cannot be deactivated (Jira REST, leads; Data Center, directories). */
export function deactivationErrors(jira: Jira, user: User): FieldErrors {
  if (!acceptsDeactivation(user.directory)) {
    return { active: `Cannot deactivate user. The directory '${user.directory.name}' does not allow it.` }
  }
  const led = leads(jira, user)
  return led ? { active: `Cannot deactivate user because they are currently a ${led}` } : {}
}

/** A user with issues, comments or leads cannot be deleted (Jira REST, users, leads). */
export function deletionFault(jira: Jira, user: User): string | undefined {
  if (!acceptsUsers(user.directory)) return `Cannot delete user '${user.name}'. The user's directory is read only.`
  const led = leads(jira, user)
  if (led) return `Cannot delete user. '${user.name}' is currently a ${led}`
  return user.hasActivity ? `Cannot delete user. '${user.name}' has issues or comments.` : undefined
}

function leads(jira: Jira, user: User): string | undefined {
  const { projects, components } = jira.projects.ledBy(user)
  if (components.length > 0)
    return `component lead on these components: ${components.map((each) => each.name).join(', ')}`
  if (projects.length > 0) return `project lead on these projects: ${projects.map((each) => each.key).join(', ')}`
  return undefined
}
