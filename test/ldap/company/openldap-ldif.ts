import { closeSync, openSync, writeSync } from 'node:fs'
import { bindAccounts, passwordOf } from '../servers/bind-accounts.ts'
import type { Company, Group, Person } from './company.ts'
import { ldifRecord } from './ldif.ts'

const minuteMs = 60_000
const firstChange = Date.UTC(2025, 0, 1)

/** Every entry was changed in a minute of its own, long ago: readings by time overlap, and all would be a change otherwise. */
function changedIn(minute: number): readonly (readonly [string, string])[] {
  const time = new Date(firstChange + minute * minuteMs).toISOString().replace(/[-:T]|\.\d+/g, '')
  return [
    ['createTimestamp', time],
    ['modifyTimestamp', time],
  ]
}

/** Writes the company as an LDIF that `slapadd` loads, entry by entry: the largest has a hundred thousand members. */
export function writeOpenLdapLdif(company: Company, file: string): void {
  const to = openSync(file, 'w')
  try {
    writeSync(to, framework(company.suffix))
    for (const [minute, person] of company.people.entries()) writeSync(to, personRecord(person, minute))
    for (const [minute, group] of company.groups.entries()) writeSync(to, groupRecord(company, group, minute))
  } finally {
    closeSync(to)
  }
}

function framework(suffix: string): string {
  const unit = (ou: string) =>
    ldifRecord(`ou=${ou},${suffix}`, [
      ['objectClass', 'organizationalUnit'],
      ['ou', ou],
    ])
  const dc = /^dc=([^,]+)/i.exec(suffix)?.[1] ?? 'example'
  const root = ldifRecord(suffix, [
    ['objectClass', 'dcObject'],
    ['objectClass', 'organization'],
    ['dc', dc],
    ['o', 'Example'],
  ])
  const accounts = bindAccounts.map((name) =>
    ldifRecord(`cn=${name},ou=service,${suffix}`, [
      ['objectClass', 'organizationalRole'],
      ['objectClass', 'simpleSecurityObject'],
      ['cn', name],
      ['userPassword', passwordOf(name)],
    ]),
  )
  return [root, unit('people'), unit('groups'), unit('service'), ...accounts].join('')
}

const personRecord = ({ dn, id, uid, givenName, sn, cn, mail }: Person, minute: number): string =>
  ldifRecord(dn, [
    ['objectClass', 'inetOrgPerson'],
    ['uid', uid],
    ['cn', cn],
    ['sn', sn],
    ['givenName', givenName],
    ['displayName', cn],
    ['mail', mail],
    ['entryUUID', id],
    ...changedIn(minute),
  ])

/** Some members are written in another way that means the same. */
function groupRecord({ suffix, people, groups }: Company, group: Group, minute: number): string {
  const dns = [
    ...group.people.map((index) => people[index]?.dn ?? ''),
    ...group.groups.map((index) => groups[index]?.dn ?? ''),
    ...(group.dangling ? [`uid=nobody,ou=people,${suffix}`] : []),
  ].map((dn, index) => (index % 100 === 1 ? dn.replace(/^uid=u/, 'UID=U').replace(',ou=', ', OU=') : dn))
  return ldifRecord(group.dn, [
    ['objectClass', 'groupOfNames'],
    ['cn', group.cn],
    ...dns.map((dn) => ['member', dn] as const),
    ['entryUUID', group.id],
    ...changedIn(minute),
  ])
}
