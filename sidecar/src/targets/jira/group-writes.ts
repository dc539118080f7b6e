import type { AccountKey } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import type { Ability } from '../../planning/capabilities.ts'
import { dataCenterProblems } from '../data-center/data-center-problems.ts'
import { type Member, withPresentName } from '../data-center/present-name.ts'
import type { ProductAnswer } from '../data-center/product-answer.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import { refusal } from '../data-center/product-failures.ts'
import type { ReadOnlyMemory } from '../data-center/read-only-memory.ts'
import type { WriteFailure } from '../data-center/write-failure.ts'
import { TargetError } from '../target-error.ts'
import { findAccount, groupsOf, saysMissing, unknownAccount } from './find-account.ts'
import { productMessage } from './jira-failure.ts'
import { jiraProblems } from './jira-problems.ts'

/** Groups are named in queries, so any character of a name passes (Data Center, names). */
export function createGroupWrites(client: ProductClient, memory: ReadOnlyMemory, writeFailure: WriteFailure) {
  const failure = (answer: ProductAnswer, ability: Ability, doing: string, signal: AbortSignal) =>
    writeFailure({ answer, ability, doing }, signal)

  const postMember = (groupname: string, name: string, signal: AbortSignal) =>
    client.post('/api/2/group/user', { parameters: { groupname }, body: { name } }, signal)

  const deleteMember = (groupname: string, username: string, signal: AbortSignal) =>
    client.delete('/api/2/group/user', { groupname, username }, signal)

  const sendAs = (member: Member, send: (name: string) => Promise<ProductAnswer>, signal: AbortSignal) =>
    withPresentName({
      member,
      send,
      saysMissing: ({ status, body }) => status === 404 && saysMissing(body),
      find: (key) => findAccount(client, { key }, signal),
    })

  async function isListed(group: string, key: AccountKey, signal: AbortSignal): Promise<boolean> {
    const names = await groupsOf(client, key, signal)
    return names.some((name) => nameKey(name) === nameKey(group))
  }

  return {
    async create(name: string, signal: AbortSignal): Promise<void> {
      const answer = await client.post('/api/2/group', { body: { name }, repeatable: false }, signal)
      if (answer.status < 300) return memory.succeeded('createGroup')
      if (answer.status === 400 && /already exists/i.test(productMessage(answer.body).text)) {
        throw refusal(jiraProblems.jira_group_exists, `A group named ${name} exists in Jira already.`)
      }
      throw await failure(answer, 'createGroup', `to create the group ${name}`, signal)
    },

    /** A group that is gone already is a success; some releases say 400 for it (Jira REST, groups). */
    async delete(groupname: string, signal: AbortSignal): Promise<void> {
      const answer = await client.delete('/api/2/group', { groupname }, signal)
      if (answer.status < 300) return memory.succeeded('deleteGroup')
      const { text } = productMessage(answer.body)
      if (/does not exist|cannot be found|not found/i.test(text)) return
      if (answer.status === 404 && saysMissing(answer.body)) return
      if (/swap|restrict|comments|worklogs/i.test(text)) {
        throw refusal(jiraProblems.jira_group_in_use, `Jira refused to delete the group ${groupname}: it is in use.`)
      }
      throw await failure(answer, 'deleteGroup', `to delete the group ${groupname}`, signal)
    },

    /** "Already a member" is a success; it is read back rather than understood, since Jira says it in any language. */
    async addMember(group: string, member: Member, signal: AbortSignal): Promise<void> {
      const answer = await sendAs(member, (name) => postMember(group, name, signal), signal)
      if (answer === 'accountGone') throw unknownAccount()
      if (answer === 'groupGone') throw unknownGroup(group)
      if (answer.status < 300) return memory.succeeded('addMember')
      if (answer.status === 400 && (await isListed(group, member.key, signal))) return
      throw await failure(answer, 'addMember', `to add a member to the group ${group}`, signal)
    },

    /** No membership left is the aim, however it comes about; one through a subgroup cannot be removed here. */
    async removeMember(group: string, member: Member, signal: AbortSignal): Promise<void> {
      const answer = await sendAs(member, (name) => deleteMember(group, name, signal), signal)
      if (answer === 'accountGone' || answer === 'groupGone') return
      if (answer.status < 300) return memory.succeeded('removeMember')
      if (answer.status === 400 && !(await stillListed(group, member.key, signal))) return
      if (answer.status === 400 && /not a member/i.test(productMessage(answer.body).text)) throw inherited(group)
      throw await failure(answer, 'removeMember', `to remove a member from the group ${group}`, signal)
    },
  }

  async function stillListed(group: string, key: AccountKey, signal: AbortSignal): Promise<boolean> {
    try {
      return await isListed(group, key, signal)
    } catch (error) {
      if (error instanceof TargetError && error.code === jiraProblems.jira_user_unknown.code) return false
      throw error
    }
  }
}

const unknownGroup = (name: string) =>
  refusal(jiraProblems.jira_group_unknown, `The group ${name} does not exist in Jira.`)

const inherited = (group: string) =>
  refusal(dataCenterProblems.inherited_member, `The account is a member of ${group} through one of its subgroups.`)
