import { type Attribute, type AttributeTable, tableOf } from './attribute.ts'

/** One schema of RFC 7643 7: a URN and the attributes under it. */
export interface Schema {
  readonly urn: string
  readonly name: string
  readonly description: string
  readonly attributes: AttributeTable
}

export const defineSchema = (
  urn: string,
  name: string,
  description: string,
  attributes: readonly Attribute[],
): Schema => ({ urn, name, description, attributes: tableOf(attributes) })
