import { createRandom, type Random } from '@rollcall/simulators/entra/tenant/random'
import { escapeRdn } from './ldif.ts'

/** A company as its directory has it; members are positions in the lists. */
export interface Company {
  readonly suffix: string
  readonly people: readonly Person[]
  readonly groups: readonly Group[]
}

export interface Person {
  readonly dn: string
  /** `entryUUID`. */
  readonly id: string
  readonly uid: string
  readonly givenName: string
  readonly sn: string
  readonly cn: string
  readonly mail: string
}

export interface Group {
  readonly dn: string
  readonly id: string
  readonly cn: string
  readonly people: readonly number[]
  readonly groups: readonly number[]
  /** A member that does not exist, as directories without referential integrity have them. */
  readonly dangling: boolean
}

export interface CompanyOptions {
  readonly suffix?: string
  readonly seed: number
  readonly people: number
  readonly groups: number
  /** Direct memberships of people, about. */
  readonly memberships: number
}

/** Levels of the chain: each group but the last contains the next. */
export const chainLength = 20
const cycleLength = 3
/** The first group holds everybody, then come the chain and the cycle. */
const special = 1 + chainLength + cycleLength
export const chainStart = 1
export const cycleStart = chainStart + chainLength

const givenNames = ['Ada', 'Björn', 'Chloé', 'Dmitri', 'Eun-ji', 'Fatima', 'Grace', 'Håkon', 'Iñaki', 'Jürgen', '健']
const familyNames = ['Lovelace', 'Müller', 'O’Neill', 'Nguyễn', 'Smith', 'Østergård', 'de la Cruz', 'Иванов', '王']

/** The same seed makes the same company on every machine. */
export function generateCompany(options: CompanyOptions): Company {
  const { suffix = 'dc=example,dc=com', seed, people, groups, memberships } = options
  const random = createRandom(seed)
  const ordinary = Math.max(0, groups - special)
  const mean = ordinary === 0 ? 0 : Math.max(1, Math.round((memberships - people) / ordinary))
  return {
    suffix,
    people: Array.from({ length: people }, (_, index) => personAt(index, suffix, random)),
    groups: Array.from({ length: groups }, (_, index) => groupAt(index, { suffix, random, people, mean })),
  }
}

/** Every 50th is named by something that has to be escaped in a DN and encoded in LDIF. */
function personAt(index: number, suffix: string, random: Random): Person {
  const [givenName, sn] = [random.pick(givenNames), random.pick(familyNames)]
  const uid = `u${String(index).padStart(6, '0')}`
  const rdn = index % 50 === 7 ? `cn=${escapeRdn(`${sn}, ${givenName} "${index}" #+`)}` : `uid=${uid}`
  return {
    dn: `${rdn},ou=people,${suffix}`,
    id: random.guid(),
    uid,
    givenName,
    sn,
    cn: index % 50 === 7 ? `${sn}, ${givenName} "${index}" #+` : `${givenName} ${sn}`,
    mail: `${uid}@example.com`,
  }
}

interface GroupContext {
  readonly suffix: string
  readonly random: Random
  readonly people: number
  readonly mean: number
}

function groupAt(index: number, { suffix, random, people, mean }: GroupContext): Group {
  const cn = groupName(index)
  const some = (size: number) => [...new Set(Array.from({ length: size }, () => random.below(people)))]
  return {
    dn: `cn=${cn},ou=groups,${suffix}`,
    id: random.guid(),
    cn,
    people: index === 0 ? Array.from({ length: people }, (_, person) => person) : some(membersOf(index, mean, random)),
    groups: nestedIn(index),
    dangling: index === cycleStart,
  }
}

function groupName(index: number): string {
  if (index === 0) return 'everybody'
  if (index < cycleStart) return `level ${index}`
  return index < special ? `cycle ${index - cycleStart}` : `group ${index}`
}

const membersOf = (index: number, mean: number, random: Random): number =>
  index < special ? 2 : 1 + random.below(Math.max(1, 2 * mean - 1))

/** What a group contains: the next of the chain, the next of the cycle, nothing. */
function nestedIn(index: number): readonly number[] {
  if (index >= chainStart && index < cycleStart - 1) return [index + 1]
  if (index >= cycleStart && index < special) return [cycleStart + ((index - cycleStart + 1) % cycleLength)]
  return []
}
