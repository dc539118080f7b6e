import fc from 'fast-check'
import type { CompareOperator, Filter } from '../filter/filter.ts'
import { foldValue } from '../fold-value.ts'
import { type AttributePath, resolvePath } from '../resolve-path.ts'
import { userType } from '../resource-types.ts'

/** Texts in which parts, case, quotes, code points above the basic plane and composed letters meet often. */
export const text: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    'work',
    'home',
    'WORK',
    'ada',
    'Ada',
    'ad',
    'a"b',
    'a\\b',
    'x ] y',
    '\u00c4',
    'A\u0308',
    '\ue000',
    '\u{1f600}',
  ),
  fc.string({ unit: fc.constantFrom('a', 'B', 'ä', '%', '_', ' ', '"'), maxLength: 4 }),
)

const time = fc
  .date({ noInvalidDate: true, min: new Date('2020-01-01Z'), max: new Date('2030-01-01Z') })
  .map((date) => date.toISOString())

/** A user as it is stored, with few names and values so that filters hit. */
export const user = fc
  .record(
    {
      userName: text,
      externalId: text,
      active: fc.boolean(),
      name: fc.record({ givenName: text, familyName: text }, { requiredKeys: [] }),
      emails: fc.array(fc.record({ value: text, type: text, primary: fc.boolean() }, { requiredKeys: [] }), {
        maxLength: 3,
      }),
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': fc.record(
        { department: text, manager: fc.record({ value: text }) },
        { requiredKeys: [] },
      ),
      'urn:acme:User': fc.record(
        {
          badge: fc.oneof(text, fc.integer({ min: -3, max: 3 }), fc.boolean(), fc.array(text, { maxLength: 2 })),
          desk: fc.record({ code: fc.oneof(text, fc.integer({ min: -3, max: 3 })) }, { requiredKeys: [] }),
        },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: ['userName'] },
  )
  .chain((attributes) => fc.record({ attributes: fc.constant(attributes), created: time, lastModified: time }))

const simplePaths = [
  'userName',
  'externalId',
  'active',
  'name.givenName',
  'emails.value',
  'emails.type',
  'meta.lastModified',
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department',
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value',
  'urn:acme:User:badge',
  'urn:acme:User:desk.code',
]

function pathTo(name: string): AttributePath {
  const path = resolvePath(userType, name)
  if (path?.kind !== 'attribute') throw new TypeError(`a test names ${name}, which users do not have`)
  const { extension, attribute, sub } = path
  return { extension, attribute, sub }
}

const path = fc.constantFrom(...simplePaths).map(pathTo)

const equality: CompareOperator[] = ['eq', 'ne']
const order: CompareOperator[] = ['gt', 'ge', 'lt', 'le']
const parts: CompareOperator[] = ['co', 'sw', 'ew']

function compareAt(at: AttributePath): fc.Arbitrary<Filter> {
  const attribute = at.sub ?? at.attribute
  const node = (value: string | number | boolean, operators: CompareOperator[]): fc.Arbitrary<Filter> =>
    fc.constantFrom(...operators).map((operator) => ({
      kind: 'compare',
      path: at,
      operator,
      value: foldValue(attribute, value),
    }))
  const ofText = text.chain((value) => node(value, [...equality, ...order, ...parts]))
  const ofBoolean = fc.boolean().chain((value) => node(value || attribute.name === 'primary', equality))
  if (attribute.type === 'boolean') return ofBoolean
  if (attribute.type === 'dateTime') return time.chain((value) => node(value, [...equality, ...order]))
  if (attribute.type !== 'untyped') return ofText
  return fc.oneof(
    ofText,
    ofBoolean,
    fc.integer({ min: -3, max: 3 }).chain((value) => node(value, [...equality, ...order])),
  )
}

const leafOf = (paths: fc.Arbitrary<AttributePath>): fc.Arbitrary<Filter> =>
  paths.chain((at) =>
    fc.oneof({ arbitrary: compareAt(at), weight: 4 }, fc.constant<Filter>({ kind: 'present', path: at })),
  )

/** Trees over the leaves, as reading makes them: lists of two and more. */
const treesOf = (leaves: fc.Arbitrary<Filter>, depth: number): fc.Arbitrary<Filter> =>
  fc.letrec<{ filter: Filter; list: readonly Filter[] }>((tie) => ({
    list: fc.array(tie('filter'), { minLength: 2, maxLength: 3 }),
    filter: fc.oneof(
      { maxDepth: depth, depthSize: 'small' },
      leaves,
      tie('list').map((filters): Filter => ({ kind: 'and', filters })),
      tie('list').map((filters): Filter => ({ kind: 'or', filters })),
      tie('filter').map((filter): Filter => ({ kind: 'not', filter })),
    ),
  })).filter

const elementPath = (name: string): AttributePath => ({
  extension: undefined,
  attribute: pathTo(`emails.${name}`).sub ?? pathTo('emails').attribute,
  sub: undefined,
})

const valuePath = treesOf(leafOf(fc.constantFrom('value', 'type', 'primary').map(elementPath)), 2).map(
  (filter): Filter => ({ kind: 'valuePath', path: pathTo('emails'), filter }),
)

const presentWhole = fc
  .constantFrom('emails', 'name', 'urn:acme:User:desk')
  .map((name): Filter => ({ kind: 'present', path: pathTo(name) }))

/** A filter over users as reading makes it. */
export const userFilter: fc.Arbitrary<Filter> = treesOf(
  fc.oneof({ arbitrary: leafOf(path), weight: 5 }, { arbitrary: valuePath, weight: 2 }, presentWhole),
  4,
)
