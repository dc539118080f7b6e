import { type Attribute, complex, simple, text } from '../attribute.ts'

/** What every resource has beside its schema's attributes (RFC 7643 3 and 3.1); listed in no schema. */
export const commonAttributes: readonly Attribute[] = [
  text('schemas', 'URNs of the schemas whose attributes the resource carries.', {
    multiValued: true,
    required: true,
    returned: 'always',
  }),
  text('id', 'The identifier that this service issued for the resource.', {
    caseExact: true,
    mutability: 'readOnly',
    returned: 'always',
    uniqueness: 'server',
  }),
  text('externalId', 'The identifier that the provisioning client uses for the resource.', { caseExact: true }),
  complex(
    'meta',
    'What the service knows about the resource itself.',
    [
      text('resourceType', 'Name of the resource type.', { caseExact: true, mutability: 'readOnly' }),
      simple('dateTime', 'created', 'When the resource was created.', { mutability: 'readOnly' }),
      simple('dateTime', 'lastModified', 'When the resource changed last.', { mutability: 'readOnly' }),
      simple('reference', 'location', 'Address of the resource.', {
        caseExact: true,
        mutability: 'readOnly',
        referenceTypes: ['uri'],
      }),
      text('version', 'The ETag of the resource.', { caseExact: true, mutability: 'readOnly' }),
    ],
    { mutability: 'readOnly' },
  ),
]
