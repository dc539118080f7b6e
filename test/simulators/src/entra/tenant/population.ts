import type { Properties } from './directory-object.ts'
import { departments, givenNames, groupWords, guestDomains, jobTitles, offices, surnames } from './names.ts'
import type { Random } from './random.ts'
import { insert, type TenantState } from './tenant-state.ts'

export interface PopulationSize {
  readonly users: number
  readonly groups: number
  /** Direct memberships of users; spread so that a few groups are large and most are small. */
  readonly memberships: number
  /** How many groups have another group as a member. */
  readonly nested: number
}

/** Fills a new tenant. Nothing of this is in the change log: it was there before anybody asked for a delta. */
export function populate(state: TenantState, size: PopulationSize, random: Random): void {
  const costCentres = Array.from({ length: 40 }, (_, index) => ({ extensionAttribute1: `CC-${1000 + index}` }))
  for (let number = 1; number <= size.users; number += 1) {
    const properties = random.chance(0.03) ? guest(state, number, random) : employee(state, number, random, costCentres)
    insert(state, { kind: 'user', handle: state.objects.length, id: random.guid(), properties })
  }
  for (let number = 1; number <= size.groups; number += 1) {
    const properties = group(state, number, random)
    insert(state, { kind: 'group', handle: state.objects.length, id: random.guid(), properties, members: new Map() })
  }
  spreadMemberships(state, size.memberships, random)
  nestGroups(state, size.nested, random)
}

function employee(state: TenantState, number: number, random: Random, costCentres: readonly object[]): Properties {
  const givenName = random.pick(givenNames)
  const surname = random.pick(surnames)
  const alias = `${asciiOf(givenName)}.${asciiOf(surname)}${number}`
  const upn = `${alias}@${state.domain}`
  const mailbox = random.chance(0.97)
  return {
    accountEnabled: random.chance(0.96),
    businessPhones: [],
    createdDateTime: createdAt(number),
    department: random.pick(departments),
    displayName: `${givenName} ${surname}`,
    employeeId: String(100000 + number),
    givenName,
    jobTitle: random.pick(jobTitles),
    mail: mailbox ? upn : undefined,
    mailNickname: alias,
    officeLocation: random.pick(offices),
    onPremisesExtensionAttributes: random.pick(costCentres),
    onPremisesSamAccountName: random.chance(0.5) ? alias.slice(0, 20) : undefined,
    proxyAddresses: mailbox ? [`SMTP:${upn}`] : [],
    surname,
    userPrincipalName: upn,
    userType: 'Member',
  }
}

/** The UPN of a guest is made of the home address: `alias_domain.tld#EXT#@tenant` (Microsoft Graph, fields). */
function guest(state: TenantState, number: number, random: Random): Properties {
  const givenName = random.pick(givenNames)
  const home = `${asciiOf(givenName)}_${number}@${random.pick(guestDomains)}`
  return {
    accountEnabled: true,
    businessPhones: [],
    createdDateTime: createdAt(number),
    creationType: 'Invitation',
    displayName: `${givenName} (Guest)`,
    externalUserState: random.chance(0.8) ? 'Accepted' : 'PendingAcceptance',
    mail: random.chance(0.7) ? home : undefined,
    mailNickname: `${home.replace('@', '_')}#EXT#`,
    otherMails: random.chance(0.8) ? [home] : [],
    proxyAddresses: [],
    userPrincipalName: `${home.replace('@', '_')}#EXT#@${state.domain}`,
    userType: 'Guest',
  }
}

function group(state: TenantState, number: number, random: Random): Properties {
  const unified = random.chance(0.2)
  const nickname = `group${number}`
  return {
    createdDateTime: createdAt(number),
    // Display names are not unique in Entra (Microsoft Graph, fields): every 50th group repeats one.
    displayName: number % 50 === 0 ? random.pick(groupWords) : `${random.pick(groupWords)} ${number}`,
    groupTypes: unified ? ['Unified'] : [],
    mail: unified ? `${nickname}@${state.domain}` : undefined,
    mailEnabled: unified,
    mailNickname: nickname,
    securityEnabled: !unified,
    visibility: unified ? 'Private' : undefined,
  }
}

/** Half of the memberships go evenly to all groups, half to ever fewer ones: one group ends up very large. */
function spreadMemberships(state: TenantState, memberships: number, random: Random): void {
  const { groups, users } = state
  if (groups.length === 0 || users.length === 0) return
  const wanted = Math.min(memberships, groups.length * users.length)
  for (let placed = 0, tries = 0; placed < wanted && tries < wanted * 20; tries += 1) {
    const skewed =
      placed % 2 === 0 ? random.below(groups.length) : random.below(1 + random.below(1 + random.below(groups.length)))
    const members = groups[skewed]?.members
    const user = users[random.below(users.length)]
    if (!members || !user || members.has(user.handle)) continue
    members.set(user.handle, true)
    placed += 1
  }
}

/** A group only takes groups after it as members: nothing seeded is a cycle, tests make their own. */
function nestGroups(state: TenantState, nested: number, random: Random): void {
  const { groups } = state
  for (let index = 0; index < Math.min(nested, groups.length - 1); index += 1) {
    const child = groups[index + 1 + random.below(groups.length - 1 - index)]
    if (child) groups[index]?.members.set(child.handle, true)
  }
}

const createdAt = (number: number): string =>
  new Date(Date.UTC(2019, 0, 1) + number * 3_600_000).toISOString().slice(0, 19).concat('Z')

const plain = new Map<string, string>()

/** The mail alias of a name: Latin letters only, as Entra asks for in UPNs; other scripts become `user`. */
function asciiOf(name: string): string {
  const known = plain.get(name)
  if (known) return known
  const alias =
    name
      .normalize('NFKD')
      .replace(/[^A-Za-z]/g, '')
      .toLowerCase() || 'user'
  plain.set(name, alias)
  return alias
}
