import type { ConnectionId, Instant, RunId } from '../../identity/ids.ts'
import type { ResourceTypeName } from '../../scim-protocol/resource.ts'
import type { GroupCommit, GroupWrite } from '../../store/group-commit.ts'
import type { Db } from '../../store/transaction.ts'

/** One request of an identity provider: who, what and how it ended. No bodies, no queries, no values but the name. */
export interface ScimLogEntry {
  readonly connection: ConnectionId
  readonly at: Instant
  /** Undefined for a token that somebody else issued. */
  readonly tokenId: string | undefined
  readonly remoteAddress: string
  readonly method: string
  readonly resourceType?: ResourceTypeName | undefined
  readonly id?: string | undefined
  /** userName or displayName. */
  readonly subjectName?: string | undefined
  /** Attributes that were written. */
  readonly attributes?: readonly string[] | undefined
  readonly status: number
  readonly scimType?: string | undefined
  /** Why it was refused, or how it left the RFC and was understood. */
  readonly detail?: string | undefined
  readonly durationUs: number
  readonly requestId: string
}

export interface LoggedScimRequest extends ScimLogEntry {
  readonly number: number
  /** Stored, and no run has looked at it yet. */
  readonly waiting: boolean
  /** The run that looked at what was changed. */
  readonly run: RunId | undefined
}

const insert = `insert into scim_log (connection_id, at, token_id, remote_address, method, resource_type, scim_id, subject_name,
  attributes, status, scim_type, detail, duration_us, request_id, mark_seq)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

/** Logs a write in the transaction of the write itself: there is never one without the other. */
export function logScimRequest(write: GroupWrite, entry: ScimLogEntry): void {
  write.run(
    insert,
    entry.connection,
    entry.at,
    entry.tokenId ?? null,
    entry.remoteAddress,
    entry.method,
    entry.resourceType ?? null,
    entry.id ?? null,
    entry.subjectName ?? null,
    entry.attributes === undefined ? null : JSON.stringify(entry.attributes),
    entry.status,
    entry.scimType ?? null,
    entry.detail ?? null,
    entry.durationUs,
    entry.requestId,
    write.marked() ?? null,
  )
}

export interface ScimLogBuffer {
  /** Keeps the entry until it can be stored with others. */
  add(entry: ScimLogEntry): void
  /** Resolves when everything that was added is stored. */
  flush(): Promise<void>
}

/** Together they make one commit; a crash loses what was read in the last second, never a write. */
const flushAfterMs = 1_000
const flushAtCount = 200
/** A store that refuses to write must not fill the memory: older entries go first. */
const mostKept = 10_000

/** Entries of requests that changed nothing: reads and refusals. */
export function bufferScimLog(commit: GroupCommit, report: (error: unknown) => void): ScimLogBuffer {
  let kept: ScimLogEntry[] = []
  let timer: NodeJS.Timeout | undefined

  const flush = async (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    const entries = kept
    kept = []
    if (entries.length === 0) return
    try {
      await commit.write((write) => {
        for (const entry of entries) logScimRequest(write, entry)
      })
    } catch (error) {
      kept = [...entries, ...kept].slice(-mostKept)
      report(error)
    }
  }
  const flushSoon = () => {
    timer ??= setTimeout(flush, flushAfterMs).unref()
  }
  return {
    add(entry) {
      if (kept.length >= mostKept) kept.shift()
      kept.push(entry)
      if (kept.length === flushAtCount) void flush()
      else flushSoon()
    },
    flush,
  }
}

export interface ScimLogQuery {
  readonly connection: ConnectionId
  /** Only entries older than this one. */
  readonly before?: number | undefined
  readonly limit: number
  /** Only what was refused or failed. */
  readonly onlyFailed?: boolean | undefined
  /** Only requests about this resource. */
  readonly id?: string | undefined
}

/** Requests of a connection, the newest first. */
export async function findScimLog(db: Db, query: ScimLogQuery): Promise<LoggedScimRequest[]> {
  let select = db
    .selectFrom('scim_log')
    .selectAll()
    .where('connection_id', '=', query.connection)
    .orderBy('id', 'desc')
    .limit(query.limit)
  if (query.before !== undefined) select = select.where('id', '<', query.before)
  if (query.onlyFailed === true) select = select.where('status', '>=', 400)
  if (query.id !== undefined) select = select.where('scim_id', '=', query.id)
  return (await select.execute()).map((row) => ({
    number: row.id,
    connection: row.connection_id,
    at: row.at,
    tokenId: row.token_id ?? undefined,
    remoteAddress: row.remote_address,
    method: row.method,
    resourceType: (row.resource_type ?? undefined) as ResourceTypeName | undefined,
    id: row.scim_id ?? undefined,
    subjectName: row.subject_name ?? undefined,
    attributes: row.attributes === null ? undefined : JSON.parse(row.attributes),
    status: row.status,
    scimType: row.scim_type ?? undefined,
    detail: row.detail ?? undefined,
    durationUs: row.duration_us,
    requestId: row.request_id,
    waiting: row.mark_seq !== null && row.run_id === null,
    run: row.run_id ?? undefined,
  }))
}
