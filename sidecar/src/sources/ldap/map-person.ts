import { isUtf8 } from 'node:buffer'
import type { AttributeValue, IdentityRecord } from '../../identity/identity.ts'
import { Problem } from '../../problem/problem.ts'
import { entryId, valueText } from './entry-id.ts'
import type { EnabledRule } from './kinds/server-kind.ts'
import { binaryForms } from './kinds/server-kind.ts'
import type { Layout } from './layout.ts'
import { ldapProblems } from './ldap-problems.ts'
import type { LdapSettings } from './ldap-settings.ts'
import { isSecretAttribute } from './secret-attributes.ts'
import type { LdapEntry } from './wire/ldap-entry.ts'

/** Longer binary values, such as photos, are nothing that a mapping could use. */
const mostBinaryBytes = 4096

/** A person as the directory describes them; `undefined` for an entry without a login name: nobody to provision. */
export function personOf(
  entry: LdapEntry,
  { users }: Layout,
  locks: LdapSettings['users']['lockedIsDisabled'],
): IdentityRecord | undefined {
  const userName = entry.text(users.login)
  if (userName === undefined || userName.trim() === '') return undefined
  return {
    externalId: entryId(entry, users.id),
    userName,
    email: entry.text(users.email),
    displayName: entry.text(users.displayName),
    active: isEnabled(entry, users.enabled, locks),
    attributes: attributesOf(entry, users),
  }
}

/** Unknown is never "disabled": one product that read it so locked a whole company out (Active Directory). */
function isEnabled(entry: LdapEntry, rule: EnabledRule, locks: LdapSettings['users']['lockedIsDisabled']): boolean {
  if (rule.kind === 'always') return true
  const value = entry.text(rule.attribute)
  switch (rule.kind) {
    case 'bit': {
      if (value === undefined || !/^-?\d+$/.test(value)) throw unreadable(rule.attribute)
      return (Number(value) & rule.disabledBit) === 0
    }
    case 'value':
      return value === undefined || !rule.disabledWhen.includes(value.toLowerCase())
    case 'lock':
      return value === undefined || locks === 'never' || (locks === 'permanent' && value !== rule.permanent)
  }
}

const unreadable = (attribute: string) =>
  new Problem(ldapProblems.ldap_enabled_unreadable, `An entry came without the attribute ${attribute}.`, {
    context: { attribute },
  })

function attributesOf(entry: LdapEntry, { attributes, everything }: Layout['users']): Record<string, AttributeValue> {
  const read: Record<string, AttributeValue> = {}
  for (const name of everything ? withAll(attributes, entry) : attributes) {
    const value = attributeValue(entry, name)
    if (value !== undefined) read[name] = value
  }
  return read
}

/** Chosen names in their spelling, and everything else that the entry has. */
function withAll(chosen: readonly string[], entry: LdapEntry): string[] {
  const known = new Set(chosen.map((name) => name.toLowerCase()))
  return [...chosen, ...entry.names().filter((name) => !known.has(name.toLowerCase()) && !isSecretAttribute(name))]
}

/** Values of an attribute are a set (RFC 4512 2.2): in order, so that a server's other order is no change. */
export function attributeValue(entry: LdapEntry, name: string): AttributeValue | undefined {
  const texts = entry.texts(name)
  const [first] = texts
  if (first === undefined) return undefined
  if (binaryForms[name.toLowerCase()]) return valueText(entry, name)
  const values = texts.some(mayBeBroken) ? readable(entry, name) : texts.filter((value) => value !== '')
  return values.length > 1 ? values.sort() : values[0]
}

/** What is no UTF-8 shows as replacement characters; a text may hold one of its own. */
const mayBeBroken = (text: string): boolean => text.includes('\ufffd')

function readable(entry: LdapEntry, name: string): string[] {
  const all = entry.bytes(name)
  if (all.every((value) => isUtf8(value))) return all.map((value) => value.toString())
  return all.filter((value) => value.length <= mostBinaryBytes).map((value) => value.toString('base64'))
}
