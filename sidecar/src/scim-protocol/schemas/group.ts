import { complex, simple, text } from '../attribute.ts'
import { defineSchema } from '../schema.ts'

/** RFC 7643 4.2. `displayName` is required as the text says, although the JSON of 8.7.1 says otherwise. */
export const groupSchema = defineSchema('urn:ietf:params:scim:schemas:core:2.0:Group', 'Group', 'Group', [
  text('displayName', 'Name of the group.', { required: true }),
  complex(
    'members',
    'The members: added and removed, never edited.',
    [
      text('value', 'Id of the member.', { caseExact: true, mutability: 'immutable' }),
      simple('reference', '$ref', 'Address of the member.', {
        caseExact: true,
        mutability: 'immutable',
        referenceTypes: ['User', 'Group'],
      }),
      text('type', 'What the member is.', { mutability: 'immutable', canonicalValues: ['User', 'Group'] }),
      text('display', 'Name of the member.', { mutability: 'immutable' }),
    ],
    { multiValued: true },
  ),
])
