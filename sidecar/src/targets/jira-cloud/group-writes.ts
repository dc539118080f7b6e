import type { AccountKey } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import type { Ability } from '../../planning/capabilities.ts'
import type { Member } from '../data-center/present-name.ts'
import type { ProductAnswer } from '../data-center/product-answer.ts'
import { refusal } from '../data-center/product-failures.ts'
import type { CloudWriting } from './account-writes.ts'
import { unknownAccount } from './find-account.ts'
import { jiraCloudProblems } from './jira-cloud-problems.ts'
import { jiraCloud, saysMissing } from './jira-cloud-product.ts'
import { groupOf } from './jira-cloud-wire.ts'

/** Groups and accounts are meant by id: a name that changed behind our back does no harm. */
export function createGroupWrites({ client, memory, failure, finder, groups }: CloudWriting) {
  async function accept(answer: ProductAnswer, ability: Ability, doing: string, signal: AbortSignal): Promise<void> {
    if (answer.status >= 300) throw await failure({ answer, ability, doing }, signal)
    memory.succeeded(ability)
  }

  /** `undefined` when the account is gone. */
  async function isMember(group: string, key: AccountKey, signal: AbortSignal): Promise<boolean | undefined> {
    const names = await groups.ofAccount(key, signal)
    return names?.some(({ name }) => nameKey(name) === nameKey(group))
  }

  return {
    async create(name: string, signal: AbortSignal): Promise<void> {
      if (name.trim() === '' || name.length > 255) throw illegal()
      const answer = await client.post('/api/3/group', { body: { name }, repeatable: false }, signal)
      if (answer.status === 400 && (await groups.exists(name, signal))) throw groupTaken(name)
      await accept(answer, 'createGroup', `to create the group ${name}`, signal)
      groups.remember(groupOf(answer.body))
    },

    /** A group that is gone already is a success; one that somebody made under its name since is another group. */
    async delete(name: string, signal: AbortSignal): Promise<void> {
      const send = (groupId: string) => client.delete('/api/3/group', { groupId }, signal)
      const answer = await groups.send(name, send, signal, 'same')
      if (answer === 'groupGone') return
      await accept(answer, 'deleteGroup', `to delete the group ${name}`, signal)
    },

    /** "Already a member" is a success; it is read back rather than understood. */
    async addMember(group: string, { key }: Member, signal: AbortSignal): Promise<void> {
      const send = (groupId: string) =>
        client.post('/api/3/group/user', { parameters: { groupId }, body: { accountId: key } }, signal)
      const answer = await groups.send(group, send, signal)
      if (answer === 'groupGone') throw unknownGroup(group)
      if (saysMissing(answer) && !(await finder.find({ key }, signal))) throw unknownAccount()
      if (answer.status === 400 && (await isMember(group, key, signal))) return
      await accept(answer, 'addMember', `to add a member to the group ${group}`, signal)
    },

    /** No membership left is the aim, however it comes about. */
    async removeMember(group: string, { key }: Member, signal: AbortSignal): Promise<void> {
      const send = (groupId: string) => client.delete('/api/3/group/user', { groupId, accountId: key }, signal)
      const answer = await groups.send(group, send, signal)
      if (answer === 'groupGone') return
      const maybeGone = answer.status === 400 || saysMissing(answer) || isNotMember(answer)
      if (maybeGone && !(await isMember(group, key, signal))) return
      await accept(answer, 'removeMember', `to remove a member from the group ${group}`, signal)
    },
  }
}

const isNotMember = ({ status, body }: ProductAnswer): boolean =>
  status === 404 || (status === 403 && /not a member/i.test(jiraCloud.messageOf(body).text))

const groupTaken = (name: string) =>
  refusal(jiraCloudProblems.jira_cloud_group_exists, `A group named ${name} exists in Jira Cloud already.`)

const unknownGroup = (name: string) =>
  refusal(jiraCloudProblems.jira_cloud_group_unknown, `The group ${name} does not exist in Jira Cloud.`)

const illegal = () =>
  refusal(jiraCloudProblems.jira_cloud_name_illegal, 'The name of a group has at least one and at most 255 characters.')
