import { nameKey } from '../../identity/name-key.ts'
import type { Ability } from '../../planning/capabilities.ts'
import { dataCenterProblems } from '../data-center/data-center-problems.ts'
import { type Member, withPresentName } from '../data-center/present-name.ts'
import type { ProductAnswer } from '../data-center/product-answer.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import { refusal } from '../data-center/product-failures.ts'
import type { ReadOnlyMemory } from '../data-center/read-only-memory.ts'
import type { WriteFailure } from '../data-center/write-failure.ts'
import type { TargetError } from '../target-error.ts'
import { type AccountDirectory, unknownAccount } from './account-directory.ts'
import { addInHalves, type MemberOutcome } from './add-in-halves.ts'
import { addTogether } from './add-together.ts'
import { saysMissing } from './bitbucket-failure.ts'
import { bitbucketFaults } from './bitbucket-problems.ts'
import { groupsOf } from './groups-of.ts'

/** Groups and people are named in queries and bodies, so any character of a name passes. */
export function createGroupWrites(
  client: ProductClient,
  accounts: AccountDirectory,
  memory: ReadOnlyMemory,
  writeFailure: WriteFailure,
) {
  const failure = (answer: ProductAnswer, ability: Ability, doing: string, signal: AbortSignal) =>
    writeFailure({ answer, ability, doing }, signal)

  const sendAs = (member: Member, send: (name: string) => Promise<ProductAnswer>, signal: AbortSignal) =>
    withPresentName({ member, send, saysMissing, find: (key) => accounts.find({ key }, signal) })

  const postMembers = (group: string, users: readonly string[], signal: AbortSignal) =>
    client.post('/admin/groups/add-users', { body: { group, users } }, signal)

  /** `undefined` when it was added; else why this member was not. Throws what is not about this member. */
  async function addAlone(group: string, member: Member, signal: AbortSignal): Promise<TargetError | undefined> {
    const answer = await sendAs(member, (name) => postMembers(group, [name], signal), signal)
    if (answer === 'accountGone') return unknownAccount()
    if (answer === 'groupGone') return unknownGroup(group)
    if (answer.status < 300) {
      memory.succeeded('addMember')
      return undefined
    }
    const error = await failure(answer, 'addMember', `to add a member to the group ${group}`, signal)
    if (error.reach === 'refused') return error
    throw error
  }

  const addMembers = (
    group: string,
    members: readonly Member[],
    signal: AbortSignal,
  ): Promise<readonly MemberOutcome[]> =>
    addInHalves(members, {
      async addAll(part) {
        const answer = await postMembers(
          group,
          part.map(({ name }) => name),
          signal,
        )
        if (answer.status < 300) memory.succeeded('addMember')
        return answer.status < 300
      },
      addOne: (member) => addAlone(group, member, signal),
    })

  return {
    /** All or nothing (Bitbucket REST, groups): where one name fails, halves are tried until it stands alone. */
    addMember: addTogether(addMembers),

    async create(name: string, signal: AbortSignal): Promise<void> {
      const answer = await client.post('/admin/groups', { parameters: { name }, repeatable: false }, signal)
      if (answer.status < 300) return memory.succeeded('createGroup')
      if (answer.status === 409) {
        throw refusal(bitbucketFaults.group_exists, `A group named ${name} exists in Bitbucket already.`)
      }
      throw await failure(answer, 'createGroup', `to create the group ${name}`, signal)
    },

    /** A group that is gone already is a success. */
    async delete(name: string, signal: AbortSignal): Promise<void> {
      const answer = await client.delete('/admin/groups', { name }, signal)
      if (answer.status < 300) return memory.succeeded('deleteGroup')
      if (saysMissing(answer)) return
      throw await failure(answer, 'deleteGroup', `to delete the group ${name}`, signal)
    },

    /** No membership left is the aim; who stays listed although Bitbucket finds nothing to remove is one by nesting. */
    async removeMember(group: string, member: Member, signal: AbortSignal): Promise<void> {
      const remove = (context: string) =>
        client.post('/admin/users/remove-group', { body: { context, itemName: group } }, signal)
      const answer = await sendAs(member, remove, signal)
      if (answer === 'accountGone') return
      if (answer === 'groupGone') {
        const names = await groupsOf(client, accounts, member.key, signal)
        if (names.some((name) => nameKey(name) === nameKey(group))) throw inherited(group)
        return
      }
      if (answer.status < 300) return memory.succeeded('removeMember')
      throw await failure(answer, 'removeMember', `to remove a member from the group ${group}`, signal)
    },
  }
}

const unknownGroup = (name: string) =>
  refusal(bitbucketFaults.group_unknown, `The group ${name} does not exist in Bitbucket.`)

const inherited = (group: string) =>
  refusal(dataCenterProblems.inherited_member, `The account is a member of ${group} through one of its nested groups.`)
