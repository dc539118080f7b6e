import { ScimError } from '../scim-error.ts'

/** Refuses a filter. The sentence names a place, never the filter's text: it holds personal data (RFC 7644 7.5.2). */
export const invalidFilter = (detail: string): ScimError => new ScimError(400, 'invalidFilter', detail)
