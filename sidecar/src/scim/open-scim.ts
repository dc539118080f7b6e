import type { ConnectionId, Instant } from '../identity/ids.ts'
import { logDeliveries } from '../state/scim/log-deliveries.ts'
import { connectionsToMark, markWaiting } from '../state/scim/mark-in-pieces.ts'
import { bufferScimLog } from '../state/scim/scim-log.ts'
import { createScimTokens, type ScimTokens } from '../state/scim/scim-tokens.ts'
import { createGroupCommit } from '../store/group-commit.ts'
import type { Store } from '../store/open-database.ts'
import { prepareStatements } from '../store/statements.ts'
import { loadCertainRefusals } from './certain-refusals.ts'
import { createDelivery, type PushRuns } from './deliver-changes.ts'
import type { ScimConnection } from './scim-connection.ts'
import { loadScimConnections, type ScimConnections } from './scim-connections.ts'
import type { ScimOptions } from './scim-plugin.ts'
import { createJwtVerifier, type JwtVerifier } from './verify-jwt.ts'

/** Everything behind `/scim`, for the listeners and for administrators. */
export interface Scim {
  readonly tokens: ScimTokens
  readonly connections: ScimConnections
  /** What the plugin is registered with; `publicUrl` is the listener's own affair. */
  readonly options: Omit<ScimOptions, 'publicUrl'>
  /** Stores what the provisioning log holds back, for who reads it. */
  flushLog(): Promise<void>
  /** Notes in the log which run looked at each change so far. */
  logDeliveries(connection: ConnectionId): Promise<void>
  /** After the configuration was stored anew. */
  refresh(): Promise<void>
  close(): Promise<void>
}

export interface ScimParts {
  readonly store: Store
  readonly now: () => Instant
  readonly monotonic: () => number
  readonly runs: Pick<PushRuns, 'enqueue' | 'ended'>
  readonly report: (error: unknown) => void
  /** Signs cursors; the same after a restart, so that a client goes on where it was. */
  readonly cursorKey: Buffer
}

export async function openScim({ store, now, monotonic, runs, report, cursorKey }: ScimParts): Promise<Scim> {
  const read = prepareStatements(store.raw)
  const commit = createGroupCommit(store)
  const tokens = createScimTokens({ read, commit, now, report })
  const log = bufferScimLog(commit, report)
  const connections = await loadScimConnections(store.db)
  const refusals = await loadCertainRefusals({ db: store.db, read, now, report })
  const isCollecting = async (connection: ConnectionId) => await noneApproved(store, connection)
  const mark = oneByOne((connection) => markWaiting({ read, commit }, connection))
  const delivery = createDelivery({
    runs: { ...runs, isCollecting },
    mark,
    async ended(connection) {
      await logDeliveries({ read, commit }, connection)
      // The run has just asked the targets what they can do.
      await refusals.refresh()
    },
    report,
    monotonic,
  })
  for (const connection of connectionsToMark(read)) mark(connection).catch(report)
  const verifiers = createJwtVerifiers(now)
  return {
    tokens,
    connections,
    options: {
      service: { read, commit, delivery, refusals, now, cursorKey },
      connections,
      tokens,
      jwtOf: verifiers.of,
      log,
    },
    flushLog: () => log.flush(),
    logDeliveries: (connection) => logDeliveries({ read, commit }, connection),
    async refresh() {
      await connections.refresh()
      await refusals.refresh()
    },
    async close() {
      await delivery.close()
      for (const connection of connectionsToMark(read)) await mark(connection).catch(report)
      await verifiers.close()
      await log.flush()
      await commit.settled()
    },
  }
}

/** A connection only collects until an administrator approved the first plan of one of its targets. */
async function noneApproved({ db }: Store, connection: ConnectionId): Promise<boolean> {
  const approved = await db
    .selectFrom('policy')
    .select('target_id')
    .where('connection_id', '=', connection)
    .where('removed_at', 'is', null)
    .where('first_approved_at', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  return approved === undefined
}

/** Whoever asks while it is under way for the connection gets the same end: it goes on until nothing is left. */
function oneByOne(action: (connection: ConnectionId) => Promise<void>): (connection: ConnectionId) => Promise<void> {
  const underWay = new Map<ConnectionId, Promise<void>>()
  return (connection) => {
    const known = underWay.get(connection)
    if (known !== undefined) return known
    const begun = action(connection).finally(() => underWay.delete(connection))
    underWay.set(connection, begun)
    return begun
  }
}

/** One verifier for each set of settings, so that its keys are kept from request to request. */
function createJwtVerifiers(now: () => Instant) {
  const verifiers = new Map<string, JwtVerifier>()
  return {
    of({ settings: { jwt, allowPrivateAddresses = false } }: ScimConnection): JwtVerifier | undefined {
      if (jwt === undefined) return undefined
      const key = JSON.stringify([jwt.issuer, jwt.audience, jwt.jwksUrl, allowPrivateAddresses])
      const verifier = verifiers.get(key) ?? createJwtVerifier(jwt, { now, allowPrivateAddresses })
      verifiers.set(key, verifier)
      return verifier
    },
    async close() {
      await Promise.all([...verifiers.values()].map((verifier) => verifier.close()))
    },
  }
}
