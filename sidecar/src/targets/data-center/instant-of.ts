import type { Instant } from '../../identity/ids.ts'

/** A moment as products write it, milliseconds or ISO 8601 with any offset; nothing for what is neither. */
export function instantOf(value: unknown): Instant | undefined {
  const at = typeof value === 'string' ? Date.parse(value) : value
  return typeof at === 'number' && Number.isFinite(at) && at > 0 ? Math.trunc(at) : undefined
}

/** The member of an observed account that says when somebody last signed in, if the product says it. */
export function signedIn(value: unknown): { readonly lastSignInAt?: Instant } {
  const lastSignInAt = instantOf(value)
  return lastSignInAt === undefined ? {} : { lastSignInAt }
}
