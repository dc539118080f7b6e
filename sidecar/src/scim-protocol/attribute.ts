/** The types of RFC 7643 2.3; `untyped` is ours, for attributes of extensions whose schema nobody gave us. */
export type AttributeType =
  | 'string'
  | 'boolean'
  | 'decimal'
  | 'integer'
  | 'dateTime'
  | 'binary'
  | 'reference'
  | 'complex'
  | 'untyped'

/** Attributes by their name in lower case, in the order of their definition: names are compared without case (RFC 7643 2.1). */
export type AttributeTable = ReadonlyMap<string, Attribute>

/** One attribute with its characteristics (RFC 7643 2.2 and 7): what validates, filters, patches, projects and describes it. */
export interface Attribute {
  readonly name: string
  readonly type: AttributeType
  readonly description: string
  readonly multiValued: boolean
  readonly required: boolean
  readonly caseExact: boolean
  readonly mutability: 'readOnly' | 'readWrite' | 'immutable' | 'writeOnly'
  readonly returned: 'always' | 'never' | 'default' | 'request'
  readonly uniqueness: 'none' | 'server' | 'global'
  /** Values a client may expect; others are stored too (RFC 7643 7). Empty where there are none. */
  readonly canonicalValues: readonly string[]
  /** What a reference may point to. Empty for other types. */
  readonly referenceTypes: readonly string[]
  /** Of a complex attribute; empty for every other type. */
  readonly subAttributes: AttributeTable
}

type Characteristics = Partial<Omit<Attribute, 'name' | 'type' | 'description' | 'subAttributes'>>

const defaults = {
  multiValued: false,
  required: false,
  caseExact: false,
  mutability: 'readWrite',
  returned: 'default',
  uniqueness: 'none',
  canonicalValues: [],
  referenceTypes: [],
  subAttributes: new Map<string, Attribute>(),
} satisfies Partial<Attribute>

/** A simple attribute; what is not said has the defaults of RFC 7643 2.2. */
export const simple = (
  type: Exclude<AttributeType, 'complex'>,
  name: string,
  description: string,
  characteristics: Characteristics = {},
): Attribute => ({ ...defaults, ...characteristics, type, name, description })

export const text = (name: string, description: string, characteristics: Characteristics = {}): Attribute =>
  simple('string', name, description, characteristics)

export const complex = (
  name: string,
  description: string,
  subAttributes: readonly Attribute[],
  characteristics: Characteristics = {},
): Attribute => ({
  ...defaults,
  ...characteristics,
  type: 'complex',
  name,
  description,
  subAttributes: tableOf(subAttributes),
})

/** An attribute of an extension that we have no schema of: any JSON value is kept, compared without case. */
export const untyped = (name: string): Attribute =>
  simple('untyped', name, 'An attribute of a schema extension that the client defined.')

export const tableOf = (attributes: readonly Attribute[]): AttributeTable =>
  new Map(attributes.map((attribute) => [attribute.name.toLowerCase(), attribute]))

/** The sub-attribute of that name in any case; beneath an untyped attribute every well-formed name is one. */
export function subAttributeOf(attribute: Attribute, name: string): Attribute | undefined {
  if (attribute.type !== 'untyped') return attribute.subAttributes.get(name.toLowerCase())
  return isAttributeName(name) ? untyped(name) : undefined
}

const namesOfPrototypes = new Set(['constructor', 'prototype'])

/** ATTRNAME of RFC 7644 3.4.2.2 and `$ref`; names that reach an object's prototype are none. */
export const isAttributeName = (name: string): boolean =>
  /^(?:[A-Za-z][-\w]*|\$ref)$/.test(name) && !namesOfPrototypes.has(name.toLowerCase())
