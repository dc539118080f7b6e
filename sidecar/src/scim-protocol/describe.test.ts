import { describe, expect, test } from 'vitest'
import { describeResourceType } from './describe-resource-type.ts'
import { describeSchema } from './describe-schema.ts'
import { resourceTypes, schemas } from './resource-types.ts'
import { serviceProviderConfig } from './service-provider-config.ts'

const base = 'https://sync.example/scim/v2/entra'

const characteristics = [
  'name',
  'type',
  'multiValued',
  'description',
  'required',
  'mutability',
  'returned',
  'uniqueness',
]

interface DescribedAttribute {
  readonly [key: string]: unknown
  readonly subAttributes?: readonly DescribedAttribute[]
}

/** As JSON: nothing undefined or null may get that far. */
const described = schemas.map((schema) => JSON.parse(JSON.stringify(describeSchema(schema, base))))

const everyAttribute = (attributes: readonly DescribedAttribute[]): DescribedAttribute[] =>
  attributes.flatMap((attribute) => [attribute, ...everyAttribute(attribute.subAttributes ?? [])])

function attributeOf(urn: string, ...names: string[]): DescribedAttribute | undefined {
  let attributes: readonly DescribedAttribute[] = described.find(({ id }) => id === urn)?.attributes ?? []
  let found: DescribedAttribute | undefined
  for (const name of names) {
    found = attributes.find((attribute) => attribute.name === name)
    attributes = found?.subAttributes ?? []
  }
  return found
}

const user = 'urn:ietf:params:scim:schemas:core:2.0:User'

describe('describeSchema', () => {
  test('lists user, enterprise user and group, each at its own address', () => {
    expect(described.map(({ id, meta }) => [id, meta.location])).toEqual([
      [user, `${base}/Schemas/${user}`],
      [
        'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
        `${base}/Schemas/urn:ietf:params:scim:schemas:extension:enterprise:2.0:User`,
      ],
      ['urn:ietf:params:scim:schemas:core:2.0:Group', `${base}/Schemas/urn:ietf:params:scim:schemas:core:2.0:Group`],
    ])
  })

  test('says every characteristic of every attribute, and nothing is null', () => {
    for (const schema of described) {
      for (const attribute of everyAttribute(schema.attributes)) {
        expect(Object.keys(attribute)).toEqual(expect.arrayContaining(characteristics))
        expect(Object.values(attribute)).not.toContain(null)
        expect(attribute.type === 'complex').toBe('subAttributes' in attribute)
        if (attribute.type === 'reference') expect(attribute).toHaveProperty('referenceTypes')
      }
    }
  })

  test.each([
    [['userName'], { required: true, uniqueness: 'server', caseExact: false }],
    [['password'], { mutability: 'writeOnly', returned: 'never' }],
    [['groups'], { mutability: 'readOnly', multiValued: true }],
    [['groups', 'value'], { mutability: 'readOnly' }],
    [['emails', 'type'], { canonicalValues: ['work', 'home', 'other'] }],
    [['x509Certificates', 'value'], { type: 'binary', caseExact: true }],
    [['active'], { type: 'boolean' }],
  ])('gives users %j as RFC 7643 8.7.1 has it', (names, expected) => {
    expect(attributeOf(user, ...names)).toMatchObject(expected)
  })

  test('demands the name of a group, and its members are never edited', () => {
    const group = 'urn:ietf:params:scim:schemas:core:2.0:Group'
    expect(attributeOf(group, 'displayName')).toMatchObject({ required: true })
    expect(attributeOf(group, 'members', 'value')).toMatchObject({ mutability: 'immutable' })
  })
})

describe('describeResourceType', () => {
  test('names endpoint, schema and extensions', () => {
    expect(describeResourceType(resourceTypes.User, base)).toMatchObject({
      id: 'User',
      endpoint: '/Users',
      schema: user,
      schemaExtensions: [{ schema: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User', required: false }],
      meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/User` },
    })
    expect(describeResourceType(resourceTypes.Group, base)).not.toHaveProperty('schemaExtensions')
  })
})

describe('serviceProviderConfig', () => {
  test('has everything that RFC 7643 5 and RFC 9865 require', () => {
    const config = serviceProviderConfig({
      baseUrl: base,
      maxResults: 500,
      defaultPageSize: 100,
      bulk: { maxOperations: 1_000, maxPayloadBytes: 8_388_608 },
      cursorTimeoutSeconds: 3_600,
    })
    expect(config).toMatchObject({
      patch: { supported: true },
      bulk: { supported: true, maxOperations: 1_000, maxPayloadSize: 8_388_608 },
      filter: { supported: true, maxResults: 500 },
      changePassword: { supported: false },
      sort: { supported: true },
      etag: { supported: true },
      authenticationSchemes: [{ type: 'oauthbearertoken', name: expect.any(String), description: expect.any(String) }],
      pagination: {
        cursor: true,
        index: true,
        defaultPaginationMethod: 'index',
        defaultPageSize: 100,
        maxPageSize: 500,
        cursorTimeout: 3_600,
      },
    })
    expect(JSON.parse(JSON.stringify(config))).toEqual(config)
  })
})
