import { fold, longestName } from '../data-center/names.ts'
import { type CrowdAnswer, refuse } from './answer.ts'
import type { Profile, TeamProfile } from './realm.ts'

/** The profile in a body: what is left out is nothing, for a replace is full (Crowd REST, calls; `active` believed). */
export function profileOf(body: Readonly<Record<string, unknown>>): Profile {
  const text = (name: string): string | undefined => (typeof body[name] === 'string' ? body[name] : undefined)
  return {
    name: text('name') ?? '',
    firstName: text('first-name'),
    lastName: text('last-name'),
    displayName: text('display-name'),
    email: text('email'),
    active: body.active === true,
  }
}

/** Columns hold 255 characters (Data Center, names). */
export function profileFault(profile: Profile): CrowdAnswer | undefined {
  if (profile.name.trim() === '') return refuse(400, 'INVALID_USER', 'User name cannot be blank')
  const long = Object.entries(profile).find(([, value]) => String(value ?? '').length > longestName)
  return long && refuse(400, 'INVALID_USER', `${long[0]} is longer than ${longestName} characters`)
}

/** The name in the body must equal that of the query (Crowd REST, calls); names are compared without case (Data Center, names). */
export const renames = (inQuery: string, inBody: string): boolean => fold(inQuery) !== fold(inBody)

/** Groups: a type other than GROUP is refused [believed]. */
export function groupFault({ name }: TeamProfile, type: unknown): CrowdAnswer | undefined {
  if (name.trim() === '') return refuse(400, 'INVALID_GROUP', 'Group name cannot be blank')
  if (name.length > longestName) return refuse(400, 'INVALID_GROUP', `name is longer than ${longestName} characters`)
  return type === 'GROUP' ? undefined : refuse(400, 'INVALID_GROUP', `Group type <${String(type)}> is not supported`)
}
