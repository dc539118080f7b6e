/** Where in a reading a fault strikes: within page `page` (from 1, of one connection) after so many of its entries. */
interface InPage {
  readonly page: number
  /** Without it, instead of the end of the page. */
  readonly afterEntries?: number
}

/** After so many bytes of the server's answers of one connection. */
interface AfterBytes {
  readonly bytes: number
}

export type Fault =
  /** The connection is gone: `reset` at once, `end` in good order, the half that the server sends on. */
  | { readonly kind: 'cut'; readonly how: 'reset' | 'end'; readonly at: InPage | AfterBytes }
  /** Nothing comes any more, but the connection stays. */
  | { readonly kind: 'silence'; readonly at: InPage | AfterBytes }
  /** Bytes that are no LDAP. */
  | { readonly kind: 'garbage'; readonly at: InPage }
  /** Bytes in between that are LDAP. */
  | { readonly kind: 'inject'; readonly at: InPage; readonly what: 'notice' | 'reference' | 'intermediate' }
  /** Something happens elsewhere, such as the server's death; what it had not sent by then never comes. */
  | { readonly kind: 'meanwhile'; readonly at: InPage; readonly act: () => Promise<void> }
  /** Every answer comes so much later. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** The page ends with this result code (RFC 4511 section 4.1.9). */
  | { readonly kind: 'result'; readonly page: number; readonly code: number }
  /** A page without entries comes first, with a cookie: RFC 2696 section 3 allows that. */
  | { readonly kind: 'emptyPage'; readonly page: number }
  /** The page says that it is the last although it is not. */
  | { readonly kind: 'falseEnd'; readonly page: number }
  /** From this page on there is no other. */
  | { readonly kind: 'loop'; readonly page: number }
