import type { NameKey } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import type { Target } from '../target.ts'
import type { OpenOptions } from '../throttling.ts'
import { createCrowdClient } from './crowd-client.ts'
import type { CrowdConnection } from './crowd-settings.ts'
import { crowdTargetOf } from './crowd-target.ts'
import { listGroups, listMembers } from './list-crowd.ts'
import { readChildren } from './observe-crowd.ts'

/** The Crowd behind a product: as a target, and the nesting that the product does not show. */
export interface CrowdSide {
  readonly target: Target
  /** Groups that have child groups, with those. */
  readNesting(signal: AbortSignal): Promise<Nesting>
  /** User names of the direct members; `undefined` when the group is gone. */
  membersOf(group: string, signal: AbortSignal): Promise<readonly string[] | undefined>
}

export type Nesting = ReadonlyMap<NameKey, readonly string[]>

export function openCrowdSide(connection: CrowdConnection, options: OpenOptions = {}): CrowdSide {
  const client = createCrowdClient(connection, options)
  return {
    target: crowdTargetOf(client, connection),
    async readNesting(signal) {
      const { names, firstPage } = await listGroups(client, signal)
      const nesting = new Map<NameKey, readonly string[]>()
      for await (const { group, children } of readChildren(client, names, firstPage, signal)) {
        nesting.set(nameKey(group), children)
      }
      return nesting
    },
    membersOf: (group, signal) => listMembers(client, group, 0, signal),
  }
}
