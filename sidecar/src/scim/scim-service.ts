import type { Instant } from '../identity/ids.ts'
import { logScimRequest } from '../state/scim/scim-log.ts'
import type { GroupCommit, GroupWrite } from '../store/group-commit.ts'
import type { Statements } from '../store/statements.ts'
import type { CertainRefusals } from './certain-refusals.ts'
import type { Delivery } from './deliver-changes.ts'
import type { ScimCall } from './scim-call.ts'

/** What stands behind the routes. */
export interface ScimService {
  readonly read: Statements
  readonly commit: GroupCommit
  readonly delivery: Delivery
  readonly refusals: CertainRefusals
  readonly now: () => Instant
  /** Secret of this process: a cursor is good until the service starts anew. */
  readonly cursorKey: Uint8Array
}

/** How a request touches desired state: whoever touches one person may be made to wait for the target. */
export type Touch = 'onePerson' | 'several'

/** Stores a change together with its row of the provisioning log; resolves when both are durable. */
export async function commitLogged<T>(
  { commit, now }: ScimService,
  call: ScimCall,
  status: number,
  action: (write: GroupWrite, at: Instant) => T,
): Promise<T> {
  const result = await commit.write((write) => {
    const at = now()
    const stored = action(write, at)
    logScimRequest(write, call.entry(status, at))
    return stored
  })
  call.logged()
  return result
}

/** Tells the runs, and waits for them where the connection wants it so. Only after the commit, and never a failure. */
export async function deliver({ delivery }: ScimService, { connection }: ScimCall, touch: Touch): Promise<void> {
  if (connection.settings.delivery === 'wait' && touch === 'onePerson') return delivery.delivered(connection.id)
  delivery.changed(connection.id)
}

/** Sizes that requests and answers are kept to. */
export const scimLimits = {
  defaultPageSize: 100,
  maxPageSize: 1_000,
  userBytes: 1_048_576,
  /** A PUT of a group with 100,000 members. */
  groupBytes: 16_777_216,
  bulkBytes: 16_777_216,
  searchBytes: 65_536,
  cursorTimeoutSeconds: 3_600,
} as const
