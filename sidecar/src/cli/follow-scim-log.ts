import { setTimeout as wait } from 'node:timers/promises'
import type { ScimLogEntry } from '@rollcall/contract/api/scim'
import { readScimLog } from './read-scim-log.ts'
import type { ServiceClient } from './service-client.ts'

interface Following {
  readonly connection: string
  readonly refused: boolean
  /** Number of the newest entry that was shown. */
  readonly after: number
}

const everyMs = 1_000
const pageSize = 500

/** Shows every entry that comes, in the order of its coming, until the process is interrupted. */
export async function followScimLog(
  client: ServiceClient,
  following: Following,
  show: (entry: ScimLogEntry) => void,
): Promise<never> {
  for (let after = following.after; ; ) {
    await wait(everyMs)
    const newer = await entriesAfter(client, { ...following, after })
    for (const entry of newer) show(entry)
    after = newer.at(-1)?.id ?? after
  }
}

/** Oldest first, however many came since. */
async function entriesAfter(client: ServiceClient, { after, ...query }: Following): Promise<ScimLogEntry[]> {
  const newer: ScimLogEntry[] = []
  for (let before: number | undefined; ; ) {
    const page = await readScimLog(client, { ...query, limit: pageSize, before })
    newer.push(...page.entries.filter(({ id }) => id > after))
    before = page.nextBefore
    if (before === undefined || before <= after) return newer.toReversed()
  }
}
