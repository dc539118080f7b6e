import { type RawBuilder, sql } from 'kysely'
import { type Folded, type FoldedValue, foldName } from '../../scim-protocol/fold-value.ts'
import type { AttributePath } from '../../scim-protocol/resolve-path.ts'
import type { ResourceTypeName } from '../../scim-protocol/resource.ts'
import { sortKeyOf } from '../../scim-protocol/sort-key.ts'
import { type Json, jsonAt, jsonPath, objectWith } from '../../store/json-sql.ts'

/** The part of a stored resource that its sort key is read from, as JSON: a scan parses no more than that. */
export function sortPart({ extension, attribute }: AttributePath): RawBuilder<string | null> {
  if (extension === undefined && attribute.name === 'id') return objectWith({ id: sql.ref('scim_id') })
  if (extension === undefined && attribute.name === 'meta') {
    return objectWith({ created: sql.ref('created_at'), lastmodified: sql.ref('modified_at') })
  }
  return jsonAt(sql.ref('folded') as unknown as Json, jsonPath([foldName(extension ?? attribute.name)]))
}

/** What `sortKeyOf` says of the whole resource. */
export function readSortKey(type: ResourceTypeName, path: AttributePath, part: string | null): FoldedValue | undefined {
  if (part === null) return undefined
  const value: Folded = JSON.parse(part)
  const top = path.extension ?? path.attribute.name
  if (top === 'id' && typeof value === 'object' && 'id' in value) return sortKeyOf(path, value)
  return sortKeyOf(path, { [foldName(top)]: top === 'meta' ? { ...(value as object), resourcetype: type } : value })
}
