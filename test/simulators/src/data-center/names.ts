/** Names are compared by a lower-cased copy, whatever the locale of the process (atlassian-rest.md 2.4, 11.35). */
export const fold = (name: string): string => name.toLowerCase()

/** Columns of the embedded directory hold 255 characters (2.4). */
export const longestName = 255

export function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  const [first, second] = [fold(a.name), fold(b.name)]
  return first < second ? -1 : first > second ? 1 : 0
}
