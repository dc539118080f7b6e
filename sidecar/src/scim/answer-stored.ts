import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ConnectionId, IdentityId, SourceGroupId } from '../identity/ids.ts'
import { type AnsweredMember, answerGroup } from '../scim-protocol/answer-group.ts'
import { type ResourceTexts, resourceTexts } from '../scim-protocol/list-response.ts'
import { etagOf, locationOf } from '../scim-protocol/meta-text.ts'
import {
  leavesBodyWhole,
  needsGroups,
  needsMembers,
  type Projection,
  project,
  projectText,
} from '../scim-protocol/projection.ts'
import type { ResourceTypeName, ScimObject } from '../scim-protocol/resource.ts'
import { type AnsweredUser, answeredUser, answeredUsers } from '../state/scim/answered-users.ts'
import { groupsByKeys, type MembersAfter, membersOfGroup } from '../state/scim/read-groups.ts'
import type { ScimGroupRow } from '../state/scim/scim-row.ts'
import type { Statements } from '../store/statements.ts'
import type { ScimOutcome } from './scim-answer.ts'

/** What an answer is made with. */
export interface Answering {
  readonly read: Statements
  readonly baseUrl: string
  readonly projection: Projection | undefined
}

/** A page of a list. */
export const answerPage = (
  type: ResourceTypeName,
  keys: readonly number[],
  answering: Answering,
): ResourceTexts | Promise<ResourceTexts> =>
  type === 'User'
    ? answerUsers(keys as readonly IdentityId[], answering)
    : answerGroups(keys as readonly SourceGroupId[], answering)

function answerUsers(keys: readonly IdentityId[], { read, baseUrl, projection }: Answering): ResourceTexts {
  const users = answeredUsers(read, keys, { baseUrl, withGroups: needsGroups(projection) })
  if (projection === undefined || leavesBodyWhole(projection)) return users
  const whole: readonly ScimObject[] = JSON.parse(`[${users.json}]`)
  return resourceTexts(whole.map((user) => JSON.stringify(project(projection, user))))
}

async function answerGroups(keys: readonly SourceGroupId[], answering: Answering): Promise<ResourceTexts> {
  const texts: string[] = []
  for (const row of groupsByKeys(answering.read, keys)) texts.push(await groupText(row, answering))
  return resourceTexts(texts)
}

/** A group of 100,000 is read a page each turn, so that nobody waits for it. */
async function groupText(row: ScimGroupRow, { read, baseUrl, projection }: Answering): Promise<string> {
  const members = needsMembers(projection) ? await allMembers(read, row.key) : []
  return answerGroup(row, { baseUrl, projection, members })
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

/** The user as it is now; inside a write as that leaves it. */
export const readAnswer = (
  read: Statements,
  connection: ConnectionId,
  id: string,
  { baseUrl, projection }: Answering,
): AnsweredUser | undefined => answeredUser(read, connection, id, { baseUrl, withGroups: needsGroups(projection) })

/** A user as the answer of a request about it. */
export const outcomeOfUser = (
  status: number,
  id: string,
  { version, text }: AnsweredUser,
  { baseUrl, projection }: Answering,
): ScimOutcome => ({
  status,
  body: projectText(projection, text),
  etag: etagOf(version),
  location: locationOf('User', id, baseUrl),
})

/** A group as the answer of a request about it. */
export async function outcomeOfGroup(status: number, row: ScimGroupRow, answering: Answering): Promise<ScimOutcome> {
  const body = await groupText(row, answering)
  return { status, body, etag: etagOf(row.version), location: locationOf('Group', row.id, answering.baseUrl) }
}
