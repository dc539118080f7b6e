/** Names are compared by a lower-cased copy, whatever the locale of the process (atlassian-rest.md 2.4, 11.35). */
export const fold = (name: string): string => name.toLowerCase()

/** Columns of the embedded directory hold 255 characters (2.4). */
export const longestName = 255

/** Why Jira refuses this user name, or undefined (2.4: never empty, none of `<`, `>`, `&`). */
export function userNameFault(name: string): string | undefined {
  if (name.trim() === '') return 'You must specify a username.'
  if (/[<>&]/.test(name)) return "The username must not contain '<', '>' or '&'."
  if (name.length > longestName) return `The username must not exceed ${longestName} characters in length.`
  return undefined
}

export const byName = (a: { name: string }, b: { name: string }): number =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : 0
