import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { assertNever } from '../../identity/assert-never.ts'
import type { ConnectionId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import type { CompareOperator, Filter } from '../../scim-protocol/filter/filter.ts'
import { type FoldedValue, foldName } from '../../scim-protocol/fold-value.ts'
import type { AttributePath } from '../../scim-protocol/resolve-path.ts'
import type { ResourceTypeName } from '../../scim-protocol/resource.ts'
import {
  anythingAt,
  asNumber,
  contains,
  type Elements,
  elementsAt,
  elementsFrom,
  endsWith,
  isNumber,
  isText,
  type Json,
  jsonPath,
  objectOf,
  objectWith,
  startsWith,
  valueAt,
} from '../../store/json-sql.ts'
import { edgesOf, memberOfGroup, userInGroup } from './edge-sql.ts'

type Condition = RawBuilder<SqlBool>

/** Where names are looked up: in a stored resource with its columns and edges, or in one element of an attribute. */
interface Scope {
  readonly json: Json
  readonly resource: { readonly type: ResourceTypeName; readonly connection: ConnectionId } | undefined
}

type CompareFilter = Filter & { readonly kind: 'compare' }

/**
 * The SQL of a filter over rows of `scim_user` or `scim_group`: true for exactly those for which `evaluateFilter` is, never
 * null. What an index holds (userName, externalId, displayName, id, e-mail, members, groups by `eq`) is asked of the index.
 */
export const filterToSql = (filter: Filter, type: ResourceTypeName, connection: ConnectionId): Condition =>
  createCompiler()({ json: sql.ref('folded') as unknown as Json, resource: { type, connection } }, filter)

function createCompiler() {
  let aliases = 0
  const alias = () => `e${++aliases}`

  const compile = (scope: Scope, filter: Filter): Condition => {
    switch (filter.kind) {
      case 'and':
        return sql`(${sql.join(
          filter.filters.map((part) => compile(scope, part)),
          sql` and `,
        )})`
      case 'or':
        return sql`(${sql.join(
          filter.filters.map((part) => compile(scope, part)),
          sql` or `,
        )})`
      case 'not':
        return sql`(not ${compile(scope, filter.filter)})`
      case 'constant':
        return filter.matches ? sql`(1 = 1)` : sql`(1 = 0)`
      case 'present':
        return present(scope, filter.path)
      case 'compare':
        return compare(scope, filter)
      case 'valuePath':
        return valuePath(scope, filter.path, filter.filter)
      default:
        return assertNever(filter)
    }
  }

  const compare = (scope: Scope, filter: CompareFilter): Condition => {
    const quick = indexed(scope, filter)
    if (quick !== undefined) return quick
    const single = singleValue(scope, filter.path)
    if (single !== undefined) return compareSingle(single, filter)
    return compareAny(values(scope, filter.path), filter)
  }

  /** Every simple value that a path leads to. */
  const values = (scope: Scope, path: AttributePath): Elements => {
    const elements = elementsOf(scope, path)
    if (path.sub === undefined) return elements
    const inner = elementsAt(objectOf(elements), jsonPath([foldName(path.sub.name)]), alias())
    return { ...inner, from: sql`${elements.from}, ${inner.from}` }
  }

  const elementsOf = ({ json, resource }: Scope, path: AttributePath): Elements => {
    const name = alias()
    const edges = resource && path.extension === undefined ? edgesOf(resource.type, path.attribute.name) : undefined
    if (edges !== undefined) return elementsFrom(sql`(${edges}) ${sql.ref(name)}`, name)
    if (resource !== undefined && isMeta(path)) return elementsAt(metaOf(resource), '$', name)
    return elementsAt(json, pathOf({ ...path, sub: undefined }), name)
  }

  const present = (scope: Scope, path: AttributePath): Condition => {
    if (path.sub === undefined && !isKeptApart(scope, path)) return anythingAt(scope.json, pathOf(path))
    const single = singleValue(scope, path)
    if (single !== undefined) return sql`coalesce(${single} <> '', 0)`
    const { from, value, type } = values(scope, path)
    const leaf = sql`${type} in ('object', 'array')`
    return sql`exists (select 1 from ${from} where case when ${leaf} then ${anythingAt(value as unknown as Json, '$')}
      else ${type} <> 'null' and ${value} <> '' end)`
  }

  const valuePath = (scope: Scope, path: AttributePath, filter: Filter): Condition => {
    if (filter.kind === 'compare') {
      const quick = indexedElement(scope, path, filter)
      if (quick !== undefined) return quick
    }
    const elements = elementsOf(scope, path)
    const inner = compile({ json: objectOf(elements), resource: undefined }, filter)
    const found = sql<SqlBool>`exists (select 1 from ${elements.from} where ${elements.type} = 'object' and ${inner})`
    const narrow = filter.kind === 'and' ? firstIndexed(scope, path, filter.filters) : undefined
    return narrow === undefined ? found : sql`(${narrow} and ${found})`
  }

  return compile
}

const pathOf = ({ extension, attribute, sub }: AttributePath): string =>
  jsonPath([extension, attribute.name, sub?.name].flatMap((name) => (name === undefined ? [] : [foldName(name)])))

/** What is a column or an edge instead of a part of the stored JSON. */
const isKeptApart = (scope: Scope, path: AttributePath): boolean =>
  scope.resource !== undefined &&
  path.extension === undefined &&
  (['id', 'meta'].includes(path.attribute.name) || edgesOf(scope.resource.type, path.attribute.name) !== undefined)

const isMeta = ({ extension, attribute }: AttributePath): boolean =>
  extension === undefined && attribute.name === 'meta'

const metaOf = ({ type }: NonNullable<Scope['resource']>): Json =>
  objectWith({ resourcetype: sql.val(type), created: sql.ref('created_at'), lastmodified: sql.ref('modified_at') })

/** The value of an attribute that has at most one by its schema: no list has to be opened. */
function singleValue({ json, resource }: Scope, path: AttributePath): RawBuilder<unknown> | undefined {
  const { attribute, sub, extension } = path
  if (resource !== undefined && extension === undefined && attribute.name === 'id') return sql.ref('scim_id')
  if (resource !== undefined && isMeta(path)) return undefined
  const simple = [attribute, sub].every((one) => one === undefined || (!one.multiValued && one.type !== 'untyped'))
  if (!simple || (sub === undefined && attribute.type === 'complex')) return undefined
  if (resource !== undefined && extension === undefined && edgesOf(resource.type, attribute.name)) return undefined
  return valueAt(json, pathOf(path))
}

function compareSingle(value: RawBuilder<unknown>, { operator, value: wanted }: CompareFilter): Condition {
  const equal = sql<SqlBool>`coalesce(${value} = ${bound(wanted)}, 0)`
  if (operator === 'eq') return equal
  if (operator === 'ne') return sql`(not ${equal})`
  return sql`coalesce(${ordered(value, operator, wanted)}, 0)`
}

function compareAny({ from, value, type }: Elements, { operator, value: wanted }: CompareFilter): Condition {
  const equal = equals(value, type, wanted)
  const simple = sql`${type} not in ('object', 'array', 'null')`
  if (operator === 'eq') return sql`exists (select 1 from ${from} where ${equal})`
  if (operator === 'ne') {
    return sql`(exists (select 1 from ${from} where ${simple} and not ${equal})
      or not exists (select 1 from ${from} where ${simple}))`
  }
  return sql`exists (select 1 from ${from} where ${simple} and ${typed(type, wanted)} and ${ordered(value, operator, wanted)})`
}

const bound = (wanted: FoldedValue): string | number => (typeof wanted === 'boolean' ? Number(wanted) : wanted)

function equals(value: RawBuilder<unknown>, type: RawBuilder<string>, wanted: FoldedValue): Condition {
  if (typeof wanted === 'boolean') return sql`(${type} = ${String(wanted)})`
  if (typeof wanted === 'number') return sql`(${typed(type, wanted)} and ${asNumber(value)} = ${wanted})`
  return sql`(${typed(type, wanted)} and ${value} = ${wanted})`
}

const typed = (type: RawBuilder<string>, wanted: FoldedValue): Condition =>
  typeof wanted === 'number' ? sql`${type} in ('integer', 'real')` : sql`${type} = 'text'`

/** Every operator but eq and ne: between two texts, or two numbers, and false between others. */
function ordered(value: RawBuilder<unknown>, operator: CompareOperator, wanted: FoldedValue): Condition {
  if (typeof wanted === 'boolean') return sql`1 = 0`
  if (typeof wanted === 'string') return sql`(${isText(value)} and ${orderedText(value, operator, wanted)})`
  const sign = signs[operator]
  return sign === undefined ? sql`1 = 0` : sql`(${isNumber(value)} and ${asNumber(value)} ${sql.raw(sign)} ${wanted})`
}

const signs: Partial<Record<CompareOperator, string>> = { gt: '>', ge: '>=', lt: '<', le: '<=' }

function orderedText(value: RawBuilder<unknown>, operator: CompareOperator, wanted: string): Condition {
  if (operator === 'co') return wanted === '' ? sql`1 = 1` : contains(value, wanted)
  if (operator === 'sw') return wanted === '' ? sql`1 = 1` : startsWith(value, wanted)
  if (operator === 'ew') return wanted === '' ? sql`1 = 1` : endsWith(value, wanted)
  return sql`${value} ${sql.raw(signs[operator] ?? '=')} ${wanted}`
}

/** Equality that an index answers. Keys are trimmed and the filter's value is not, so the value itself is compared too. */
function indexed({ json, resource }: Scope, { path, operator, value }: CompareFilter): Condition | undefined {
  if (resource === undefined || path.extension !== undefined || operator !== 'eq' || typeof value !== 'string')
    return undefined
  const { type, connection } = resource
  switch (`${type}.${path.attribute.name}${path.sub === undefined ? '' : `.${path.sub.name}`}`) {
    case 'User.userName':
      return sql`(user_name_key = ${nameKey(value)} and ${valueAt(json, '$."username"')} = ${value})`
    case 'Group.displayName':
      return sql`(display_name_key = ${nameKey(value)} and ${valueAt(json, '$."displayname"')} = ${value})`
    case 'User.externalId':
    case 'Group.externalId':
      return value === '' ? undefined : sql`(coalesce(external_id = ${value}, 0))`
    case 'User.emails.value':
      return sql`(identity_id in (select identity_id from scim_user_email
        where connection_id = ${connection} and value_key = ${value}))`
    case 'User.groups.value':
      return userInGroup(connection, value)
    case 'Group.members.value':
      return memberOfGroup(connection, value)
    default:
      return undefined
  }
}

/** `members[value eq "…"]`: one element with that value is any. */
function indexedElement(
  scope: Scope,
  path: AttributePath,
  { path: part, ...filter }: CompareFilter,
): Condition | undefined {
  return part.sub === undefined ? indexed(scope, { ...filter, path: { ...path, sub: part.attribute } }) : undefined
}

/** `emails[type eq "work" and value eq "…"]`: who has that value at all is asked of the index. */
function firstIndexed(scope: Scope, path: AttributePath, filters: readonly Filter[]): Condition | undefined {
  for (const part of filters) {
    const quick = part.kind === 'compare' ? indexedElement(scope, path, part) : undefined
    if (quick !== undefined) return quick
  }
  return undefined
}
