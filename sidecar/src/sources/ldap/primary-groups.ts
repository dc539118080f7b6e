import type { Filter } from 'ldapts'
import type { ExternalId } from '../../identity/ids.ts'
import { sidBytes } from './binary-ids.ts'
import { valueText } from './entry-id.ts'
import { anyOf, equals } from './filters.ts'
import type { PrimaryRule } from './kinds/server-kind.ts'
import type { LdapEntry } from './wire/ldap-entry.ts'

/** What a person names their primary group by, and a group is known by: the last part of a SID, or a number. */
export const primaryOfPerson = (entry: LdapEntry, rule: PrimaryRule): string | undefined => entry.text(rule.person)

export function primaryOfGroup(entry: LdapEntry, rule: PrimaryRule): string | undefined {
  const value = valueText(entry, rule.group)
  return rule.kind === 'rid' ? value?.slice(value.lastIndexOf('-') + 1) : value
}

/** People by their primary group; a group takes those that are its own. */
export interface PrimaryMembers {
  note(entry: LdapEntry, person: ExternalId): void
  of(group: LdapEntry): readonly ExternalId[]
}

export function notePrimaryMembers(rule: PrimaryRule | undefined): PrimaryMembers {
  const people = new Map<string, ExternalId[]>()
  return {
    note(entry, person) {
      const key = rule && primaryOfPerson(entry, rule)
      if (key === undefined) return
      const known = people.get(key)
      if (known) known.push(person)
      else people.set(key, [person])
    },
    of(group) {
      const key = rule && primaryOfGroup(group, rule)
      return (key !== undefined && people.get(key)) || []
    },
  }
}

/** Finds the primary groups of these people; `undefined` when none of them has one. */
export function primaryGroupFilter(people: readonly LdapEntry[], rule: PrimaryRule): Filter | undefined {
  const values = new Map<string, string | Buffer>()
  for (const entry of people) {
    const key = primaryOfPerson(entry, rule)
    if (key === undefined) continue
    const value = rule.kind === 'number' ? key : groupSid(entry, rule, key)
    if (value !== undefined) values.set(key, value)
  }
  return values.size === 0 ? undefined : anyOf([...values.values()].map((value) => equals(rule.group, value)))
}

/** A group's SID is that of its domain, which the person's own begins with, and the number at the end. */
function groupSid(entry: LdapEntry, rule: PrimaryRule, rid: string): Buffer | undefined {
  const own = valueText(entry, rule.group)
  return own === undefined ? undefined : sidBytes(`${own.slice(0, own.lastIndexOf('-'))}-${rid}`)
}
