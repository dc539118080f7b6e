import { nameKey } from '../../identity/name-key.ts'
import type { Ability } from '../../planning/capabilities.ts'
import { dataCenterProblems } from '../data-center/data-center-problems.ts'
import { type Member, withPresentName } from '../data-center/present-name.ts'
import type { ProductAnswer } from '../data-center/product-answer.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import { refusal } from '../data-center/product-failures.ts'
import type { ReadOnlyMemory } from '../data-center/read-only-memory.ts'
import type { WriteFailure } from '../data-center/write-failure.ts'
import { saysMissing } from './confluence-failure.ts'
import { confluenceFaults } from './confluence-problems.ts'
import { findAccount, groupsOf, unknownAccount } from './find-account.ts'
import { listChildren } from './list-groups.ts'
import { inPath } from './path-name.ts'

const childrenKeptMs = 600_000

/** Groups and people are named in paths; adding and removing are idempotent (Confluence REST, groups). */
export function createGroupWrites(client: ProductClient, memory: ReadOnlyMemory, writeFailure: WriteFailure) {
  const parents = new Map<string, { readonly until: number; readonly nested: Promise<boolean> }>()

  async function failure(answer: ProductAnswer, ability: Ability, doing: string, signal: AbortSignal) {
    return writeFailure({ answer, ability, doing }, signal)
  }

  const sendAs = (member: Member, send: (path: string) => Promise<ProductAnswer>, group: string, signal: AbortSignal) =>
    withPresentName({
      member,
      send: (name) => send(`/api/user/${inPath(name)}/group/${inPath(group)}`),
      saysMissing,
      find: (key) => findAccount(client, { key }, signal),
    })

  /** Groups nest seldom and change seldom: asked once in ten minutes for a group that somebody leaves. */
  function isNested(group: string, signal: AbortSignal): Promise<boolean> {
    const kept = parents.get(nameKey(group))
    if (kept && kept.until > Date.now()) return kept.nested
    const nested = listChildren(client, group, signal).then((children) => (children ?? []).length > 0)
    parents.set(nameKey(group), { until: Date.now() + childrenKeptMs, nested })
    nested.catch(() => parents.delete(nameKey(group)))
    return nested
  }

  return {
    async create(name: string, signal: AbortSignal): Promise<void> {
      inPath(name)
      const body = { type: 'group', name }
      const answer = await client.post('/api/admin/group', { body, repeatable: false }, signal)
      if (answer.status < 300) return memory.succeeded('createGroup')
      if (answer.status === 409) {
        throw refusal(confluenceFaults.group_exists, `A group named ${name} exists in Confluence already.`)
      }
      throw await failure(answer, 'createGroup', `to create the group ${name}`, signal)
    },

    /** A group that is gone already is a success. */
    async delete(name: string, signal: AbortSignal): Promise<void> {
      const answer = await client.delete(`/api/admin/group/${inPath(name)}`, {}, signal)
      if (answer.status < 300) return memory.succeeded('deleteGroup')
      if (saysMissing(answer)) return
      throw await failure(answer, 'deleteGroup', `to delete the group ${name}`, signal)
    },

    async addMember(group: string, member: Member, signal: AbortSignal): Promise<void> {
      const answer = await sendAs(member, (path) => client.put(path, {}, signal), group, signal)
      if (answer === 'accountGone') throw unknownAccount()
      if (answer === 'groupGone') {
        throw refusal(confluenceFaults.group_unknown, `The group ${group} does not exist in Confluence.`)
      }
      if (answer.status < 300) return memory.succeeded('addMember')
      throw await failure(answer, 'addMember', `to add a member to the group ${group}`, signal)
    },

    /** Success is no proof where groups nest: who stays a member is one through a nested group. */
    async removeMember(group: string, member: Member, signal: AbortSignal): Promise<void> {
      const answer = await sendAs(member, (path) => client.delete(path, {}, signal), group, signal)
      if (answer === 'accountGone' || answer === 'groupGone') return
      if (answer.status >= 300) {
        throw await failure(answer, 'removeMember', `to remove a member from the group ${group}`, signal)
      }
      memory.succeeded('removeMember')
      if (!(await isNested(group, signal))) return
      const names = await groupsOf(client, member.key, signal)
      if (names.some((name) => nameKey(name) === nameKey(group))) throw inherited(group)
    },
  }
}

const inherited = (group: string) =>
  refusal(dataCenterProblems.inherited_member, `The account is a member of ${group} through one of its nested groups.`)
