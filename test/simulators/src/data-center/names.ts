/** Names are compared by a lower-cased copy, whatever the locale of the process (Data Center, names). */
export const fold = (name: string): string => name.toLowerCase()

/** Columns of the embedded directory hold 255 characters (Data Center, names). */
export const longestName = 255

export function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  const [first, second] = [fold(a.name), fold(b.name)]
  return first < second ? -1 : first > second ? 1 : 0
}
