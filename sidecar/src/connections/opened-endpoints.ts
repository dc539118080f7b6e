import type { ConnectionEntry, TargetEntry } from '@rollcall/contract/configuration'
import type { ConnectionId, TargetId } from '../identity/ids.ts'
import { Problem } from '../problem/problem.ts'
import { connectorFor, openSource } from '../sources/registry.ts'
import type { ProvisioningScope, Source } from '../sources/source.ts'
import type { Db } from '../store/transaction.ts'
import { openTarget, targetKinds } from '../targets/registry.ts'
import type { Target } from '../targets/target.ts'
import type { OpenOptions } from '../targets/throttling.ts'
import { configurationProblems } from './configuration/configuration-problems.ts'
import { resolveReferences } from './configuration/secret-reference.ts'

export interface OpenedConnection {
  readonly entry: ConnectionEntry
  readonly source: Source
  readonly scope: ProvisioningScope
  /** Changes when a stored cursor can no longer be used with the settings. */
  readonly cursorScope: string
}

export interface OpenedTarget {
  readonly entry: TargetEntry
  readonly target: Target
}

interface Kept<T> {
  readonly text: string
  readonly opened: T
}

/** Sources and targets as they are configured now. */
export interface OpenedEndpoints {
  connection(id: ConnectionId): Promise<OpenedConnection>
  target(id: TargetId, options?: OpenOptions): Promise<OpenedTarget>
  close(): Promise<void>
}

/**
 * Opens connections and targets with their secrets resolved, and keeps them open (tokens and sockets are kept with
 * them) until their entry changes. Both threads have one of these of their own.
 */
export function createOpenedEndpoints(db: Db, environment: NodeJS.ProcessEnv): OpenedEndpoints {
  const connections = new Map<ConnectionId, Kept<OpenedConnection>>()
  const targets = new Map<TargetId, Kept<OpenedTarget>>()

  return {
    async connection(id) {
      const text = await connectionText(db, id)
      const kept = connections.get(id)
      if (kept?.text === text) return kept.opened
      await kept?.opened.source.close()
      const opened = openConnectionEntry(JSON.parse(text) as ConnectionEntry, environment)
      connections.set(id, { text, opened })
      return opened
    },

    async target(id, options = {}) {
      const text = await targetText(db, id)
      const kept = targets.get(id)
      if (kept?.text === text) return kept.opened
      await kept?.opened.target.close()
      const opened = openTargetEntry(JSON.parse(text) as TargetEntry, environment, options)
      targets.set(id, { text, opened })
      return opened
    },

    async close() {
      await Promise.all([...connections.values()].map(({ opened }) => opened.source.close()))
      await Promise.all([...targets.values()].map(({ opened }) => opened.target.close()))
    },
  }
}

function openConnectionEntry(entry: ConnectionEntry, environment: NodeJS.ProcessEnv): OpenedConnection {
  const connector = connectorFor(entry.provider, entry.method)
  const settings = resolveReferences(connector.settings, entry.settings, environment)
  return {
    entry,
    source: openSource(entry.provider, entry.method, settings),
    scope: connector.scope(settings),
    cursorScope: connector.cursorScope(settings),
  }
}

function openTargetEntry(entry: TargetEntry, environment: NodeJS.ProcessEnv, options: OpenOptions): OpenedTarget {
  const schema = targetKinds[entry.kind]?.settings
  const settings = schema ? resolveReferences(schema, entry.settings, environment) : entry.settings
  return { entry, target: openTarget(entry.kind, settings, options) }
}

async function connectionText(db: Db, id: ConnectionId): Promise<string> {
  const row = await db.selectFrom('connection').select('entry').where('id', '=', id).executeTakeFirst()
  if (row) return row.entry
  throw new Problem(configurationProblems.connection_unknown, `There is no connection with the number ${id}.`)
}

async function targetText(db: Db, id: TargetId): Promise<string> {
  const row = await db.selectFrom('target').select('entry').where('id', '=', id).executeTakeFirst()
  if (row) return row.entry
  throw new Problem(configurationProblems.target_unknown, `There is no target with the number ${id}.`)
}
