import type { Filter } from '../../scim-protocol/filter/filter.ts'
import type { ResourceTypeName } from '../../scim-protocol/resource.ts'

const indexed: Readonly<Record<ResourceTypeName, ReadonlySet<string>>> = {
  User: new Set(['id', 'userName', 'externalId', 'emails.value', 'groups.value']),
  Group: new Set(['id', 'displayName', 'externalId', 'members.value']),
}

/** True where an index leaves few resources to look at, whatever the rest of the filter is. */
export function isNarrow(filter: Filter, type: ResourceTypeName): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.filters.some((part) => isNarrow(part, type))
    case 'or':
      return filter.filters.every((part) => isNarrow(part, type))
    case 'compare':
      return isKey(filter, type, filter.path.attribute.name, filter.path.sub?.name)
    case 'valuePath': {
      const parts = filter.filter.kind === 'and' ? filter.filter.filters : [filter.filter]
      const { attribute } = filter.path
      return parts.some(
        (part) => part.kind === 'compare' && isKey(part, type, attribute.name, part.path.attribute.name),
      )
    }
    default:
      return false
  }
}

function isKey(
  { operator, value, path }: Filter & { kind: 'compare' },
  type: ResourceTypeName,
  name: string,
  sub: string | undefined,
): boolean {
  const whole = sub === undefined ? name : `${name}.${sub}`
  return operator === 'eq' && value !== '' && path.extension === undefined && indexed[type].has(whole)
}
