import type { ReadResource } from './read-resource.ts'
import type { ScimAttributes } from './resource.ts'
import { sameValue } from './same-value.ts'

/**
 * The attributes after a PUT (RFC 7644 3.5.1): what it leaves out is cleared, except `active`, because no client that forgets it
 * means to let somebody in again. `changed` is false when the resource is the same as before.
 */
export function replaceAttributes(
  stored: ScimAttributes,
  read: ReadResource,
): { readonly attributes: ScimAttributes; readonly changed: boolean } {
  const attributes =
    stored.active === undefined || read.attributes.active !== undefined
      ? read.attributes
      : { ...read.attributes, active: stored.active }
  return sameValue(stored, attributes) ? { attributes: stored, changed: false } : { attributes, changed: true }
}
