import type { Instant } from '../../identity/ids.ts'
import type { NamedThing } from '../../state/notices/condition.ts'

/** Something with an end that lets us, or somebody, sign in. Never the thing itself. */
export interface Credential {
  /** Tells it apart from every other of the installation. */
  readonly key: string
  /** Completes "… expires": "The client secret of Entra". */
  readonly what: string
  readonly expiresAt: Instant
  /** Since when it is known, if that is known: one that was made for a week is not warned of at once. */
  readonly issuedAt?: Instant
  readonly connection?: NamedThing
  readonly target?: NamedThing
  readonly remedy: string
}
