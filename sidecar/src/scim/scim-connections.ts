import type { ConnectionEntry } from '@rollcall/contract/configuration'
import type { Db } from '../store/transaction.ts'
import { allowOnly } from './allowed-addresses.ts'
import type { ScimConnection, ScimConnectionSettings } from './scim-connection.ts'

export interface ScimConnections {
  find(slug: string): ScimConnection | undefined
  all(): readonly ScimConnection[]
  /** After the configuration was stored anew. */
  refresh(): Promise<void>
}

/** Connections of method `scim`, kept in memory by slug: no request asks the store who it is for. */
export async function loadScimConnections(db: Db): Promise<ScimConnections> {
  let bySlug: ReadonlyMap<string, ScimConnection> = new Map()
  const connections: ScimConnections = {
    find: (slug) => bySlug.get(slug),
    all: () => [...bySlug.values()],
    async refresh() {
      const loaded = await load(db)
      bySlug = new Map(loaded.map((connection) => [connection.slug, connection]))
    },
  }
  await connections.refresh()
  return connections
}

async function load(db: Db): Promise<ScimConnection[]> {
  const rows = await db
    .selectFrom('connection')
    .select(['id', 'slug', 'entry'])
    .where('method', '=', 'scim')
    .where('removed_at', 'is', null)
    .execute()
  return rows.map(({ id, slug, entry }) => {
    const settings = settingsOf(JSON.parse(entry) as ConnectionEntry)
    return { id, slug, settings, isAllowed: allowOnly(settings.allowedAddresses) }
  })
}

/** Checked and filled with its defaults when the configuration was applied. */
const settingsOf = ({ settings }: ConnectionEntry) => settings as unknown as ScimConnectionSettings
