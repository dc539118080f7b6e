import type { SourceGroupRecord } from '../identity/identity.ts'
import type { ExternalId } from '../identity/ids.ts'
import { flattenAttributes } from './flatten-attributes.ts'
import type { ScimAttributes } from './resource.ts'

/** The source group that a SCIM group describes, keyed by the id that we issued. */
export const sourceGroupOf = (id: string, attributes: ScimAttributes): SourceGroupRecord => ({
  externalId: id as ExternalId,
  displayName: typeof attributes.displayName === 'string' ? attributes.displayName : '',
  membersReadable: true,
  attributes: flattenAttributes(attributes),
})
