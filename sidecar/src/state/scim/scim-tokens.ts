import type { ConnectionId, Instant } from '../../identity/ids.ts'
import { Problem } from '../../problem/problem.ts'
import type { GroupCommit, GroupWrite } from '../../store/group-commit.ts'
import type { Statements } from '../../store/statements.ts'
import { scimTokenProblems } from './scim-token-problems.ts'
import { hashTokenText, idOfTokenText, newTokenText, sameHash } from './scim-token-text.ts'

/** What may be shown of a token. */
export interface ScimToken {
  /** The part that is no secret. */
  readonly id: string
  readonly label: string
  readonly createdAt: Instant
  readonly createdBy: string | undefined
  readonly expiresAt: Instant | undefined
  readonly lastUsedAt: Instant | undefined
  readonly revokedAt: Instant | undefined
}

export interface ScimTokenRequest {
  readonly label: string
  readonly createdBy?: string | undefined
  readonly expiresAt?: Instant | undefined
}

export interface IssuedScimToken {
  /** Shown this once: only its hash is stored. */
  readonly token: string
  readonly id: string
}

export type ScimTokens = ReturnType<typeof createScimTokens>

interface TokenParts {
  readonly read: Statements
  readonly commit: GroupCommit
  readonly now: () => Instant
  readonly report: (error: unknown) => void
}

const columns = `token_id as id, label, created_at as createdAt, created_by as createdBy, expires_at as expiresAt,
  last_used_at as lastUsedAt, revoked_at as revokedAt`
const byTokenId = `select connection_id as connection, secret_hash as hash, expires_at as expiresAt, last_used_at as lastUsedAt
  from scim_token where token_id = ? and revoked_at is null`
const ofConnection = `select ${columns} from scim_token where connection_id = ? order by scim_token.id`
const valid = `select token_id as id, label from scim_token where connection_id = ? and revoked_at is null
  and (expires_at is null or expires_at > ?)`
const insert = `insert into scim_token (connection_id, token_id, secret_hash, label, created_at, created_by, expires_at)
  values (?, ?, ?, ?, ?, ?, ?)`
const end = `update scim_token set expires_at = ? where token_id = ? and (expires_at is null or expires_at > ?)`
const revoke = `update scim_token set revoked_at = ? where connection_id = ? and token_id = ? and revoked_at is null`
const use = `update scim_token set last_used_at = ? where token_id = ?`

/** Two are valid at once, so that a provider can be given the new one while the old one still works. */
const validAtOnce = 2
const lastUsedEveryMs = 60_000
const cacheSize = 1_000

interface Verified {
  readonly id: string
  readonly connection: ConnectionId
  readonly expiresAt: Instant | null
  lastUsedAt: Instant | null
}

interface ValidToken {
  readonly id: string
  readonly label: string
}

interface StoredToken {
  readonly connection: ConnectionId
  readonly hash: string
  readonly expiresAt: Instant | null
  readonly lastUsedAt: Instant | null
}

/** The bearer tokens of SCIM connections. Verified ones are kept in memory by their hash; all changes have to go through here. */
export function createScimTokens({ read, commit, now, report }: TokenParts) {
  const verified = new Map<string, Verified>()

  const find = (bearer: string, hash: string): Verified | undefined => {
    const id = idOfTokenText(bearer)
    const row = read.get<StoredToken>(byTokenId, id)
    // What is unknown is compared too: a wrong secret takes no longer than a wrong id.
    if (!sameHash(row?.hash ?? noHash, hash) || row === undefined) return undefined
    if (verified.size >= cacheSize) verified.clear()
    const found = { id, connection: row.connection, expiresAt: row.expiresAt, lastUsedAt: row.lastUsedAt }
    verified.set(hash, found)
    return found
  }

  const noteUse = (token: Verified, at: Instant): void => {
    if (token.lastUsedAt !== null && at - token.lastUsedAt < lastUsedEveryMs) return
    token.lastUsedAt = at
    commit.write((write) => write.run(use, at, token.id)).catch(report)
  }

  const change = async <T>(action: (write: GroupWrite) => T): Promise<T> => {
    try {
      return await commit.write(action)
    } finally {
      verified.clear()
    }
  }

  return {
    /** The id of the token if it is a valid one of this connection. Microseconds; the same for every wrong one. */
    verify(connection: ConnectionId, bearer: string): string | undefined {
      const hash = hashTokenText(bearer)
      const token = verified.get(hash) ?? find(bearer, hash)
      const at = now()
      if (token === undefined || token.connection !== connection) return undefined
      if (token.expiresAt !== null && token.expiresAt <= at) return undefined
      noteUse(token, at)
      return token.id
    },

    list: (connection: ConnectionId): ScimToken[] =>
      read.all<Nullable<ScimToken>>(ofConnection, connection).map(withoutNulls),

    /** Throws `scim_token_limit` where two are valid already. */
    create: (connection: ConnectionId, request: ScimTokenRequest): Promise<IssuedScimToken> =>
      change((write) => {
        const at = now()
        if (write.all(valid, connection, at).length >= validAtOnce) throw tooMany()
        return issue(write, connection, request, at)
      }),

    /**
     * A new token in the place of this one, which ends after `overlapMs`. Throws `scim_token_not_found`, and
     * `scim_token_limit` where another is valid too: nobody but the administrator knows which one the provider uses.
     */
    rotate: (
      connection: ConnectionId,
      id: string,
      request: Omit<ScimTokenRequest, 'label'>,
      overlapMs: number,
    ): Promise<IssuedScimToken> =>
      change((write) => {
        const at = now()
        const rotated = write.all<ValidToken>(valid, connection, at).find((token) => token.id === id)
        if (rotated === undefined) throw notFound()
        write.run(end, at + overlapMs, id, at + overlapMs)
        if (write.all(valid, connection, at).length >= validAtOnce) throw tooMany()
        return issue(write, connection, { ...request, label: rotated.label }, at)
      }),

    /** The token ends at once. Throws `scim_token_not_found`. */
    revoke: (connection: ConnectionId, id: string): Promise<void> =>
      change((write) => {
        if (write.run(revoke, now(), connection, id).changes === 0) throw notFound()
      }),
  }
}

function issue(
  write: GroupWrite,
  connection: ConnectionId,
  { label, createdBy, expiresAt }: ScimTokenRequest,
  at: Instant,
): IssuedScimToken {
  const { text, id, hash } = newTokenText()
  write.run(insert, connection, id, hash, label, at, createdBy ?? null, expiresAt ?? null)
  return { token: text, id }
}

const noHash = hashTokenText('')

type Nullable<T> = { readonly [K in keyof T]: undefined extends T[K] ? Exclude<T[K], undefined> | null : T[K] }

const withoutNulls = (row: Nullable<ScimToken>): ScimToken => ({
  ...row,
  createdBy: row.createdBy ?? undefined,
  expiresAt: row.expiresAt ?? undefined,
  lastUsedAt: row.lastUsedAt ?? undefined,
  revokedAt: row.revokedAt ?? undefined,
})

const tooMany = () =>
  new Problem(scimTokenProblems.scim_token_limit, 'This connection has two valid SCIM tokens already.')
const notFound = () =>
  new Problem(scimTokenProblems.scim_token_not_found, 'The connection has no valid SCIM token of this id.')
