import { createRandom } from './random.ts'

export interface Population {
  seed: number
  users: number
  groups: number
  memberships: number
}

const firstNames =
  'Ada Alan Barbara Bela Çelik Donald Edsger Frances Grace Hedy Ivan Jean Katherine Linus Margaret Niklaus Olga Radia Søren Tove Ünal Vera Wenzel Žofia'.split(
    ' ',
  )
const lastNames =
  'Allen Bartik Čapek Dijkstra Engelbart Forsythe Goldstine Hamilton İnan Johnson Kay Lovelace Müller Naur Østergaard Perlman Ritchie Shannon Turing Ulam Vaughan Wirth Yao Zuse'.split(
    ' ',
  )
const teams = 'Platform Payments Search Mobile Support Design Finance Legal Research Security'.split(' ')

export interface MadeUpPerson<Directory> {
  name: string
  displayName: string
  emailAddress: string
  active: boolean
  directory: Directory
}

/** Fills a product with people, groups and memberships; every user but each fiftieth is active. */
export function populate<User, Group, Directory>(
  people: { add(person: MadeUpPerson<Directory>): User },
  groups: { add(name: string): Group; join(group: Group, user: User): boolean },
  directory: Directory,
  size: Population,
): void {
  const random = createRandom(size.seed)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  const users = Array.from({ length: size.users }, (_, index) => {
    const [first, last] = [pick(firstNames), pick(lastNames)]
    const name = `${ascii(first)}.${ascii(last)}.${index + 1}`
    const active = index % 50 !== 49
    return people.add({ name, displayName: `${first} ${last}`, emailAddress: `${name}@example.com`, directory, active })
  })
  const made = Array.from({ length: size.groups }, (_, index) => groups.add(`${pick(teams)} team ${index + 1}`))
  if (users.length === 0 || made.length === 0) return
  const wanted = Math.min(size.memberships, users.length * made.length)
  for (let joined = 0; joined < wanted; ) if (groups.join(pick(made), pick(users))) joined += 1
}

const asciiNames = new Map<string, string>()

/** Sign-in names are plain; the letters that do not decompose (ø, ı) get their base by hand. */
function ascii(name: string): string {
  const known = asciiNames.get(name)
  if (known !== undefined) return known
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').replace(/ø/gi, 'o').toLowerCase()
  asciiNames.set(name, plain)
  return plain
}
