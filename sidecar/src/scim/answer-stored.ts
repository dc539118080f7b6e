import { setImmediate as nextTurn } from 'node:timers/promises'
import type { IdentityId, SourceGroupId } from '../identity/ids.ts'
import {
  type AnsweredGroup,
  type AnsweredMember,
  answerResource,
  etagOf,
  locationOf,
} from '../scim-protocol/answer-resource.ts'
import { needsGroups, needsMembers, type Projection } from '../scim-protocol/projection.ts'
import type { ResourceTypeName } from '../scim-protocol/resource.ts'
import { type MembersAfter, membersOfGroup } from '../state/scim/read-groups.ts'
import { groupsOfUsers } from '../state/scim/read-users.ts'
import type { ScimGroupRow, ScimRow, ScimUserRow } from '../state/scim/scim-row.ts'
import type { Statements } from '../store/statements.ts'
import type { ScimOutcome } from './scim-answer.ts'

/** What an answer is made with. */
export interface Answering {
  readonly read: Statements
  readonly baseUrl: string
  readonly projection: Projection | undefined
}

export const answerUsers = (rows: readonly ScimUserRow[], { read, baseUrl, projection }: Answering): string[] => {
  const groups = needsGroups(projection)
    ? groupsOfUsers(
        read,
        rows.map(({ key }) => key),
      )
    : noGroups
  return rows.map((row) =>
    answerResource({ ...row, type: 'User' }, { baseUrl, projection, groups: groups.get(row.key) ?? [] }),
  )
}

const noGroups: ReadonlyMap<IdentityId, readonly AnsweredGroup[]> = new Map()

/** A group of 100,000 is read a page each turn, so that nobody waits for it. */
export async function answerGroup(row: ScimGroupRow, { read, baseUrl, projection }: Answering): Promise<string> {
  const members = needsMembers(projection) ? await allMembers(read, row.key) : []
  return answerResource({ ...row, type: 'Group' }, { baseUrl, projection, members })
}

const membersPerTurn = 2_000

async function allMembers(read: Statements, group: SourceGroupId): Promise<AnsweredMember[]> {
  const found: AnsweredMember[] = []
  let after: MembersAfter | undefined
  for (;;) {
    const { members, next } = membersOfGroup(read, group, membersPerTurn, after)
    for (const member of members) found.push(member)
    if (next === undefined) return found
    after = next
    await nextTurn()
  }
}

export async function answerRows(
  type: ResourceTypeName,
  rows: readonly ScimRow[],
  answering: Answering,
): Promise<string[]> {
  if (type === 'User') return answerUsers(rows as readonly ScimUserRow[], answering)
  const answers: string[] = []
  for (const row of rows as readonly ScimGroupRow[]) answers.push(await answerGroup(row, answering))
  return answers
}

/** A resource as the answer of a request about it. */
export async function outcomeOf(
  status: number,
  type: ResourceTypeName,
  row: ScimRow,
  answering: Answering,
): Promise<ScimOutcome> {
  const [body] = await answerRows(type, [row], answering)
  return { status, body, etag: etagOf(row.version), location: locationOf(type, row.id, answering.baseUrl) }
}
