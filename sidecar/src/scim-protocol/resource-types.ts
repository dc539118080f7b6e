import { type AttributeTable, tableOf } from './attribute.ts'
import type { ResourceTypeName } from './resource.ts'
import type { Schema } from './schema.ts'
import { commonAttributes } from './schemas/common.ts'
import { enterpriseUserSchema } from './schemas/enterprise-user.ts'
import { groupSchema } from './schemas/group.ts'
import { userSchema } from './schemas/user.ts'

/** A kind of resource (RFC 7643 6): everything that reads or writes one is driven by it. */
export interface ResourceType {
  readonly name: ResourceTypeName
  /** Below the base URL. */
  readonly endpoint: string
  readonly description: string
  readonly schema: Schema
  /** Extensions with a schema of ours; others are accepted as untyped. */
  readonly extensions: readonly Schema[]
  /** What stands at the top of a resource: the common attributes and the schema's. */
  readonly attributes: AttributeTable
}

const defineType = (
  name: ResourceTypeName,
  endpoint: string,
  schema: Schema,
  extensions: readonly Schema[],
): ResourceType => ({
  name,
  endpoint,
  description: schema.description,
  schema,
  extensions,
  attributes: tableOf([...commonAttributes, ...schema.attributes.values()]),
})

export const userType = defineType('User', '/Users', userSchema, [enterpriseUserSchema])

export const groupType = defineType('Group', '/Groups', groupSchema, [])

export const resourceTypes: Readonly<Record<ResourceTypeName, ResourceType>> = { User: userType, Group: groupType }

/** Every schema that /Schemas lists; no message schemas (RFC 7643 7). */
export const schemas: readonly Schema[] = [userSchema, enterpriseUserSchema, groupSchema]
