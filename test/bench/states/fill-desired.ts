import type { ExternalId } from '@rollcall/sidecar/identity/ids'
import { contentHash, identityContent } from '@rollcall/sidecar/state/desired/storable'
import type { Store } from '@rollcall/sidecar/store/open-database'
import { createRandom } from '@rollcall/simulators/entra/tenant/random'
import type { ConfiguredLeg } from './world.ts'

export interface DesiredSize {
  readonly people: number
  readonly groups: number
  /** Direct groups of every person: half evenly chosen, half from ever fewer groups, so that some are large. */
  readonly groupsOfPerson: number
  /** How many groups have another one as a member. */
  readonly nested: number
}

/** A company as a complete reading leaves it: identities 1 to `people`, source groups 1 to `groups`. */
export function fillDesired({ raw }: Store, { connection }: ConfiguredLeg, size: DesiredSize): void {
  const random = createRandom(size.people)
  raw.transaction(() => {
    const person = raw.prepare(
      `insert into identity (id, connection_id, external_id, user_name, email, display_name, active, attributes, content_hash)
       values (?, ?, ?, ?, ?, ?, 1, ?, ?)`,
    )
    for (let id = 1; id <= size.people; id += 1) {
      const content = identityContent(identityOf(id))
      const { externalId, userName, email, displayName, attributes } = JSON.parse(content)
      person.run(id, connection, externalId, userName, email, displayName, attributes, contentHash(content))
    }
    const group = raw.prepare(
      `insert into source_group (id, connection_id, external_id, display_name, name_key, members_readable, attributes, content_hash)
       values (?, ?, ?, ?, ?, 1, '{}', '')`,
    )
    for (let id = 1; id <= size.groups; id += 1) group.run(id, connection, `group-${id}`, `Team ${id}`, `team ${id}`)
    const member = raw.prepare('insert into identity_membership (source_group_id, identity_id) values (?, ?)')
    for (const [groupId, members] of membersOf(size, random)) for (const id of members) member.run(groupId, id)
    const nest = raw.prepare('insert into group_nesting (parent_id, child_id) values (?, ?)')
    for (let id = 1; id <= Math.min(size.nested, size.groups - 1); id += 1) {
      nest.run(id, id + 1 + random.below(size.groups - id))
    }
    raw
      .prepare(
        `update connection set reading_state = 'complete', last_reading_at = ?, last_snapshot_at = ?, cursor = null,
           complete_identities = ?, complete_groups = ?, complete_memberships = ? where id = ?`,
      )
      .run(Date.now(), Date.now(), size.people, size.groups, size.people * size.groupsOfPerson, connection)
  })()
}

const identityOf = (id: number) => ({
  externalId: `person-${id}` as ExternalId,
  userName: `person.number${id}@example.com`,
  email: `person.number${id}@example.com`,
  displayName: `Person Number ${id}`,
  active: true,
  attributes: {
    department: `Department ${id % 40}`,
    employeeId: String(100_000 + id),
    givenName: 'Person',
    jobTitle: 'Engineer',
    mailNickname: `person.number${id}`,
    officeLocation: `Floor ${id % 12}`,
    surname: `Number ${id}`,
    userType: 'Member',
  },
})

/** By group, so that rows are inserted in the order of their key. */
function membersOf(size: DesiredSize, random: ReturnType<typeof createRandom>): Map<number, number[]> {
  const members = new Map(Array.from({ length: size.groups }, (_, index) => [index + 1, [] as number[]]))
  for (let id = 1; id <= size.people; id += 1) {
    const chosen = new Set<number>()
    while (chosen.size < Math.min(size.groupsOfPerson, size.groups)) {
      const even = chosen.size % 2 === 0
      chosen.add(1 + (even ? random.below(size.groups) : random.below(1 + random.below(size.groups))))
    }
    for (const group of chosen) members.get(group)?.push(id)
  }
  return members
}
