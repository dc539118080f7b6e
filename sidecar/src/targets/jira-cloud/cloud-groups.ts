import type { NameKey } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import type { ProductAnswer } from '../data-center/product-answer.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import { jiraCloudFailures, saysMissing } from './jira-cloud-product.ts'
import { type CloudGroup, groupOf, recordOf } from './jira-cloud-wire.ts'
import { readPages } from './read-pages.ts'

const pageSize = 50

export type CloudGroups = ReturnType<typeof createCloudGroups>

/**
 * Groups are meant by id, since names change; plans know names. What was listed last says which id a name means, so
 * a group that is renamed after that is still the one that was planned for, until the next listing.
 */
export function createCloudGroups(client: ProductClient) {
  let ids = new Map<NameKey, string>()

  async function read(parameters: { readonly groupName?: string }, signal: AbortSignal): Promise<CloudGroup[]> {
    const reading = { path: '/api/3/group/bulk', parameters, pageSize, doing: 'listing groups' }
    const idOf = (value: unknown) => groupOf(value).id
    return ((await readPages(client, reading, idOf, signal)) ?? []).map(groupOf)
  }

  async function lookUp(name: string, signal: AbortSignal): Promise<string | undefined> {
    const found = (await read({ groupName: name }, signal)).find((group) => nameKey(group.name) === nameKey(name))
    if (found) ids.set(nameKey(name), found.id)
    return found?.id
  }

  return {
    async list(signal: AbortSignal): Promise<readonly string[]> {
      const groups = await read({}, signal)
      ids = new Map(groups.map(({ id, name }) => [nameKey(name), id]))
      return groups.map(({ name }) => name)
    },

    remember({ id, name }: CloudGroup): void {
      ids.set(nameKey(name), id)
    },

    /** Whether a group of the name exists now, whatever was listed. */
    exists: async (name: string, signal: AbortSignal): Promise<boolean> => (await lookUp(name, signal)) !== undefined,

    /** Sends by id; when that one is gone, to the group that has the name now, unless only that `same` one is meant. */
    async send(
      name: string,
      request: (groupId: string) => Promise<ProductAnswer>,
      signal: AbortSignal,
      which: 'same' | 'ofThatName' = 'ofThatName',
    ): Promise<ProductAnswer | 'groupGone'> {
      const known = ids.get(nameKey(name)) ?? (await lookUp(name, signal))
      if (known === undefined) return 'groupGone'
      const answer = await request(known)
      if (!saysMissing(answer)) return answer
      ids.delete(nameKey(name))
      if (which === 'same') return 'groupGone'
      const now = await lookUp(name, signal)
      if (now === undefined) return 'groupGone'
      return now === known ? answer : request(now)
    },

    /** Values of the members of a group; `undefined` when it is gone. */
    async members(name: string, signal: AbortSignal): Promise<readonly unknown[] | undefined> {
      const known = ids.get(nameKey(name)) ?? (await lookUp(name, signal))
      if (known === undefined) return undefined
      const parameters = { groupId: known, includeInactiveUsers: true }
      const reading = {
        path: '/api/3/group/member',
        parameters,
        pageSize,
        doing: 'listing members',
        mayBeGone: true as const,
      }
      return readPages(client, reading, (value) => String(recordOf(value, 'a member').accountId), signal)
    },

    async ofAccount(accountId: string, signal: AbortSignal): Promise<readonly CloudGroup[] | undefined> {
      const answer = await client.get('/api/3/user/groups', { accountId }, signal)
      if (saysMissing(answer)) return undefined
      if (answer.status !== 200) throw jiraCloudFailures.unexplained(answer, 'reading the groups of a user')
      return Array.isArray(answer.body) ? answer.body.map(groupOf) : []
    },
  }
}
