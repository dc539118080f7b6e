import type { AttributeDescription } from '../source.ts'
import type { Directory } from './directory.ts'
import { parseFilter } from './filters.ts'
import { attributeValue } from './map-person.ts'
import { type DirectorySchema, parseSchema } from './schema-definitions.ts'
import { isSecretAttribute } from './secret-attributes.ts'
import type { LdapEntry } from './wire/ldap-entry.ts'

/** People whose attributes are looked at. */
const sampleSize = 50
const longestSample = 80

/** What people of this directory have and may have: from a sample of them, and from the schema of their classes. */
export async function describeAttributes(directory: Directory): Promise<AttributeDescription[]> {
  const people = await samplePeople(directory)
  const schema = await readSchema(directory)
  const { login, email, displayName, attributes, everything } = directory.layout.users
  const chosen = new Set([login, email, displayName, ...attributes].map((name) => name.toLowerCase()))
  const found = new Map<string, AttributeDescription>()
  const classes = [...new Set(people.flatMap((entry) => entry.texts('objectClass')))]
  const names = [...people.flatMap((entry) => entry.names()), ...(schema?.attributesOf(classes) ?? [])]
  for (const name of names) {
    const key = name.toLowerCase()
    if (found.has(key) || isSecretAttribute(name)) continue
    const isChosen = everything || chosen.has(key)
    found.set(key, describe(schema?.attributes.get(key)?.name ?? name, people, { schema, chosen: isChosen }))
  }
  return [...found.values()].sort((a, b) => b.seen - a.seen || a.name.localeCompare(b.name, 'en'))
}

async function samplePeople({ session, layout }: Directory): Promise<LdapEntry[]> {
  const { base, filter } = layout.users
  for await (const page of session.search({ what: 'people', base, filter, attributes: ['*', '+'] })) {
    if (page.entries.length > 0) return page.entries.slice(0, sampleSize)
  }
  return []
}

/** Where the root DSE says that the schema is (RFC 4512 4.4); it may be hidden from us. */
async function readSchema({ session, root }: Directory): Promise<DirectorySchema | undefined> {
  const dn = root.text('subschemaSubentry')
  const filter = parseFilter('(objectClass=*)', 'schema')
  const entry = dn && (await session.entry(dn, ['attributeTypes', 'objectClasses'], filter))
  return entry ? parseSchema(entry.texts('attributeTypes'), entry.texts('objectClasses')) : undefined
}

function describe(
  name: string,
  people: readonly LdapEntry[],
  { schema, chosen }: { schema: DirectorySchema | undefined; chosen: boolean },
): AttributeDescription {
  const having = people.filter((entry) => entry.has(name))
  const single = schema?.attributes.get(name.toLowerCase())?.single
  const [first] = having
  return {
    name,
    multiValued: single === undefined ? having.some((entry) => entry.bytes(name).length > 1) : !single,
    chosen,
    seen: having.length,
    sample: first && sampleOf(first, name),
  }
}

function sampleOf(entry: LdapEntry, name: string): string | undefined {
  const value = attributeValue(entry, name)
  if (value === undefined) return undefined
  const text = Array.isArray(value) ? value.join('; ') : String(value)
  return text.length > longestSample ? `${text.slice(0, longestSample)}…` : text
}
