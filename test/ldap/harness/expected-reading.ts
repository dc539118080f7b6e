import type { FoldedState } from '@rollcall/sidecar/sources/conformance'
import type { Company } from '../company/company.ts'

/** What a reading has to say of a company, by ids; independent of how it is read. */
export function expectedReading({ people, groups }: Company) {
  const edges = groups.flatMap((group) => [
    ...group.people.map((index) => `${group.id} > ${people[index]?.id}`),
    ...group.groups.map((index) => `${group.id} > ${groups[index]?.id}`),
  ])
  return {
    people: people.map(({ id, uid, mail, cn }) => `${id} ${uid} ${mail} ${cn} enabled`).sort(),
    groups: groups.map(({ id, cn }) => `${id} ${cn}`).sort(),
    edges: edges.sort(),
  }
}

/** What a reading did say, in the same form. */
export function saidReading({ identities, groups, edges }: FoldedState) {
  return {
    people: [...identities.values()]
      .map(
        ({ externalId, userName, email, displayName, active }) =>
          `${externalId} ${userName} ${email} ${displayName} ${active ? 'enabled' : 'disabled'}`,
      )
      .sort(),
    groups: [...groups.values()].map(({ externalId, displayName }) => `${externalId} ${displayName}`).sort(),
    edges: [...edges].sort(),
  }
}
