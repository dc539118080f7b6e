import { longestName } from '../data-center/names.ts'

/** Why Jira refuses this user name, or undefined (Data Center, names: never empty, none of `<`, `>`, `&`). */
export function userNameFault(name: string): string | undefined {
  if (name.trim() === '') return 'You must specify a username.'
  if (/[<>&]/.test(name)) return "The username must not contain '<', '>' or '&'."
  if (name.length > longestName) return `The username must not exceed ${longestName} characters in length.`
  return undefined
}
