import type { ExternalId } from '../../identity/ids.ts'
import { Problem } from '../../problem/problem.ts'
import { guidBytes, guidText, sidBytes, sidText } from './binary-ids.ts'
import { binaryForms } from './kinds/server-kind.ts'
import { ldapProblems } from './ldap-problems.ts'
import type { LdapEntry } from './wire/ldap-entry.ts'

/** The id of an entry as text. An entry without one cannot be told from another: nothing can be concluded about it. */
export function entryId(entry: LdapEntry, attribute: string): ExternalId {
  const id = valueText(entry, attribute)
  if (id !== undefined && id !== '') return id as ExternalId
  throw new Problem(ldapProblems.ldap_id_missing, `An entry came without the attribute ${attribute}.`, {
    context: { attribute },
  })
}

/** The first value of an attribute in the form that people write it. */
export function valueText(entry: LdapEntry, attribute: string): string | undefined {
  const form = binaryForms[attribute.toLowerCase()]
  if (form === undefined) return entry.text(attribute)
  const [bytes] = entry.bytes(attribute)
  if (bytes === undefined) return undefined
  return form === 'guid' ? guidText(bytes) : sidText(bytes)
}

/** What to search for to find the entry with that id; `undefined` when no entry can have it. */
export function idValue(id: string, attribute: string): string | Buffer | undefined {
  const form = binaryForms[attribute.toLowerCase()]
  if (form === 'guid') return guidBytes(id)
  if (form === 'sid') return sidBytes(id)
  return id
}
