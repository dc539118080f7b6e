import type { ScimObject } from './resource.ts'
import type { ResourceType } from './resource-types.ts'

/** One resource type as /ResourceTypes answers it (RFC 7643 6). */
export const describeResourceType = (
  { name, endpoint, description, schema, extensions }: ResourceType,
  baseUrl: string,
): ScimObject => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
  id: name,
  name,
  endpoint,
  description,
  schema: schema.urn,
  ...(extensions.length > 0 && {
    schemaExtensions: extensions.map((extension) => ({ schema: extension.urn, required: false })),
  }),
  meta: { resourceType: 'ResourceType', location: `${baseUrl}/ResourceTypes/${name}` },
})
