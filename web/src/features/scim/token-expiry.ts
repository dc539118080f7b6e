import type { ScimTokenView } from '@rollcall/contract/api/scim'

/** As early as the check of the connection warns. */
const soonMs = 30 * 86_400_000

export type TokenState = ScimTokenView['state'] | 'expiresSoon'

/** A valid token that ends within 30 days is one to rotate. */
export const tokenState = ({ state, expiresAt }: ScimTokenView, now: number): TokenState =>
  state === 'valid' && expiresAt !== undefined && expiresAt - now < soonMs ? 'expiresSoon' : state
