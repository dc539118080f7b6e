import { type Member, withPresentName } from '../data-center/present-name.ts'
import type { ProductAnswer } from '../data-center/product-answer.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import { refusal } from '../data-center/product-failures.ts'
import type { GroupNesting } from '../target.ts'
import type { AcceptWrite } from './accept-write.ts'
import { api } from './crowd-client.ts'
import type { CrowdMemory } from './crowd-memory.ts'
import { crowdProblems } from './crowd-problems.ts'
import { crowdFailures, reasonOf } from './crowd-product.ts'
import { findUser, unknownUser } from './find-user.ts'
import { assertLegalName } from './legal-name.ts'

const missing: ReadonlySet<string> = new Set(['USER_NOT_FOUND', 'GROUP_NOT_FOUND'])

const isMemberAlready = ({ status, body }: ProductAnswer): boolean =>
  status === 409 && reasonOf(body) === 'MEMBERSHIP_ALREADY_EXISTS'

const memberships = `${api}/user/group/direct`
const children = `${api}/group/child-group/direct`

/** Names are query parameters, so any character of them passes (Data Center, names). */
export function createGroupWrites(client: ProductClient, accept: AcceptWrite, memory: CrowdMemory) {
  async function exists(groupname: string, signal: AbortSignal): Promise<boolean> {
    const answer = await client.get(`${api}/group`, { groupname }, signal)
    if (answer.status === 200) return true
    if (answer.status === 404 && reasonOf(answer.body) !== '') return false
    throw crowdFailures.unexplained(answer, 'looking up a group')
  }

  const forPresentName = (member: Member, send: (name: string) => Promise<ProductAnswer>, signal: AbortSignal) =>
    withPresentName({
      member,
      send,
      // What the query names is 404 when missing, what the body names is 400 (Crowd REST, calls).
      saysMissing: ({ status, body }) => (status === 404 || status === 400) && missing.has(reasonOf(body)),
      find: async (key) => (await findUser(client, { key }, signal))?.account,
    })

  const nesting: GroupNesting = {
    /** A group that is a child already is a success. */
    async addChild(groupname, child, signal) {
      const answer = await client.post(children, { parameters: { groupname }, body: { name: child } }, signal)
      if (isMemberAlready(answer)) return
      throwIfNotNested(answer, groupname, child)
      accept({ answer, ability: 'addChildGroup', doing: `to put the group ${child} into the group ${groupname}` })
    },

    /** No nesting left is the aim, however it comes about: one of the groups may be gone. */
    async removeChild(groupname, child, signal) {
      const answer = await client.delete(children, { groupname, 'child-groupname': child }, signal)
      if (answer.status === 404 && reasonOf(answer.body) !== '') return
      throwIfNotNested(answer, groupname, child)
      accept({ answer, ability: 'removeChildGroup', doing: `to take the group ${child} out of the group ${groupname}` })
    },
  }

  function throwIfNotNested(answer: ProductAnswer, group: string, child: string): void {
    const reason = reasonOf(answer.body)
    if (reason === 'NESTED_GROUPS_NOT_SUPPORTED' || reason === 'UNSUPPORTED_OPERATION') {
      memory.isFlat()
      throw refusal(
        crowdProblems.crowd_nesting_unsupported,
        'The directory of the groups does not nest groups.',
        'denied',
      )
    }
    if (reason === 'INVALID_MEMBERSHIP' || (answer.status === 400 && /circular|cycl/i.test(answer.text))) {
      throw refusal(
        crowdProblems.crowd_nesting_refused,
        `Crowd does not nest the group ${child} in the group ${group}.`,
      )
    }
  }

  return {
    nesting,

    /** The answer may carry no body that could be used, so the group is fetched (Crowd REST, calls). */
    async create(name: string, signal: AbortSignal): Promise<void> {
      assertLegalName(name)
      const body = { name, description: '', type: 'GROUP', active: true }
      const answer = await client.post(`${api}/group`, { body, repeatable: false }, signal)
      const refused = answer.status >= 300
      if (refused && answer.status !== 403 && (await exists(name, signal))) {
        throw refusal(crowdProblems.crowd_group_exists, `A group named ${name} exists in Crowd already.`)
      }
      accept({ answer, ability: 'createGroup', doing: `to create the group ${name}` })
      if (!(await exists(name, signal))) throw crowdFailures.unexpected(`the group ${name}, which it had created`)
    },

    /** A group that is gone already is a success. */
    async delete(groupname: string, signal: AbortSignal): Promise<void> {
      const answer = await client.delete(`${api}/group`, { groupname }, signal)
      if (answer.status === 404 && reasonOf(answer.body) !== '') return
      accept({ answer, ability: 'deleteGroup', doing: `to delete the group ${groupname}` })
    },

    /** "Already a member" is a success. */
    async addMember(group: string, member: Member, signal: AbortSignal): Promise<void> {
      const send = (username: string) =>
        client.post(memberships, { parameters: { username }, body: { name: group } }, signal)
      const answer = await forPresentName(member, send, signal)
      if (answer === 'accountGone') throw unknownUser()
      if (answer === 'groupGone') throw unknownGroup(group)
      if (isMemberAlready(answer)) return
      accept({ answer, ability: 'addMember', doing: `to add a member to the group ${group}` })
    },

    /** No membership left is the aim, however it comes about. */
    async removeMember(group: string, member: Member, signal: AbortSignal): Promise<void> {
      const send = (username: string) => client.delete(memberships, { username, groupname: group }, signal)
      const answer = await forPresentName(member, send, signal)
      if (answer === 'accountGone' || answer === 'groupGone') return
      if (answer.status === 404 && reasonOf(answer.body) === 'MEMBERSHIP_NOT_FOUND') return
      accept({ answer, ability: 'removeMember', doing: `to remove a member from the group ${group}` })
    },
  }
}

const unknownGroup = (name: string) =>
  refusal(crowdProblems.crowd_group_unknown, `The group ${name} does not exist in Crowd.`)
