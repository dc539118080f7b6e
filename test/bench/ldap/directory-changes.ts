import type { ThrowAwaySlapd } from '../../../scripts/slapd.ts'
import { type Company, cycleStart } from '../../ldap/company/company.ts'
import { ldifRecord } from '../../ldap/company/ldif.ts'

/** What happens in the directory between two readings; nothing happens twice. */
export function directoryChanges(slapd: ThrowAwaySlapd, { people, groups, suffix }: Company) {
  const joined = new Map(groups.map((group, index) => [index, new Set(group.people)]))
  let made = 0

  /** Somebody who is not in that group yet. */
  function newMember(group: number): string {
    const members = joined.get(group) ?? new Set()
    for (let person = (made * 7919) % people.length; ; person = (person + 1) % people.length) {
      if (members.has(person)) continue
      members.add(person)
      return people[person]?.dn ?? ''
    }
  }

  function one(kind: 'person' | 'membership'): string {
    made += 1
    if (kind === 'person') {
      return modify(
        people[made % people.length]?.dn ?? '',
        ['replace', 'displayName'],
        ['displayName', `Change ${made}`],
      )
    }
    const group = cycleStart + (made % (groups.length - cycleStart))
    return modify(groups[group]?.dn ?? '', ['add', 'member'], ['member', newMember(group)])
  }

  return {
    /** Half of them of people, half of memberships in ordinary groups. */
    make: (changes: number): Promise<void> =>
      slapd.modify(Array.from({ length: changes }, (_, n) => one(n % 2 === 0 ? 'person' : 'membership')).join('')),

    /** One member more, whom nobody is, in the largest group there is. */
    touchEverybody(): Promise<void> {
      made += 1
      const member = ['member', `uid=nobody-${made},ou=people,${suffix}`] as const
      return slapd.modify(modify(groups[0]?.dn ?? '', ['add', 'member'], member))
    },
  }
}

const modify = (dn: string, ...pairs: readonly (readonly [string, string])[]): string =>
  ldifRecord(dn, [['changetype', 'modify'], ...pairs])
