import type { Attribute } from './attribute.ts'
import type { ScimObject } from './resource.ts'
import type { Schema } from './schema.ts'

const urnOfSchemas = 'urn:ietf:params:scim:schemas:core:2.0:Schema'

/** One schema as /Schemas answers it (RFC 7643 7): every characteristic said, no nulls. */
export const describeSchema = ({ urn, name, description, attributes }: Schema, baseUrl: string): ScimObject => ({
  schemas: [urnOfSchemas],
  id: urn,
  name,
  description,
  attributes: [...attributes.values()].map(describeAttribute),
  meta: { resourceType: 'Schema', location: `${baseUrl}/Schemas/${urn}` },
})

function describeAttribute(attribute: Attribute): ScimObject {
  const { name, type, description, multiValued, required, caseExact, mutability, returned, uniqueness } = attribute
  const subAttributes = [...attribute.subAttributes.values()].map(describeAttribute)
  return {
    name,
    type,
    multiValued,
    description,
    required,
    ...(type === 'complex' ? { subAttributes } : { caseExact }),
    ...(attribute.canonicalValues.length > 0 && { canonicalValues: attribute.canonicalValues }),
    ...(attribute.referenceTypes.length > 0 && { referenceTypes: attribute.referenceTypes }),
    mutability,
    returned,
    uniqueness,
  }
}
