/**
 * Told once when throttling begins, not for every request that suffers it. `refused`: the product answered 429, every
 * request waits `waitMs`. `nearLimit`: little of the limit is left, requests are spaced by `waitMs`.
 */
export interface Throttling {
  readonly kind: 'refused' | 'nearLimit'
  readonly waitMs: number
}

/** What the owner of an opened target wants to hear. Throttling itself is waited for inside. */
export interface OpenOptions {
  readonly onThrottled?: ((throttling: Throttling) => void) | undefined
}
