import type { Kysely } from 'kysely'
import type { Instant } from '../identity/ids.ts'
import { nameKey } from '../identity/name-key.ts'
import { Problem } from '../problem/problem.ts'
import type { Tables } from '../store/tables.ts'
import { accessProblems } from './access-problems.ts'
import { hashToken, newToken } from './token.ts'

const dayMs = 86_400_000
const sessionMs = dayMs / 2

/** Who a request comes from. */
export interface Caller {
  /** Name of the admin token, or `command line` through the socket. */
  readonly name: string
}

export type AccessStore = ReturnType<typeof createAccessStore>

/** Admin tokens and the sessions they are exchanged for; only hashes are stored. */
export function createAccessStore(db: Kysely<Tables>, now: () => Instant) {
  const tokenByHash = (token: string) =>
    db
      .selectFrom('admin_token')
      .select(['id', 'name', 'expires_at'])
      .where('token_hash', '=', hashToken(token))
      .executeTakeFirst()

  const validToken = async (token: string) => {
    const row = await tokenByHash(token)
    if (!row || (row.expires_at !== null && row.expires_at <= now())) return undefined
    await db.updateTable('admin_token').set({ last_used_at: now() }).where('id', '=', row.id).execute()
    return row
  }

  return {
    /** Throws `token_name_taken`. The token itself is returned this once. */
    async createToken(
      name: string,
      expiresInDays?: number,
    ): Promise<{ token: string; expiresAt: Instant | undefined }> {
      const taken = await db
        .selectFrom('admin_token')
        .select('id')
        .where('name_key', '=', nameKey(name))
        .executeTakeFirst()
      if (taken) throw new Problem(accessProblems.token_name_taken, `There is an admin token named ${name} already.`)
      const token = newToken('rollcall')
      const expiresAt = expiresInDays === undefined ? undefined : now() + expiresInDays * dayMs
      await db
        .insertInto('admin_token')
        .values({
          name,
          name_key: nameKey(name),
          token_hash: hashToken(token),
          created_at: now(),
          expires_at: expiresAt ?? null,
        })
        .execute()
      return { token, expiresAt }
    },

    hasTokens: async (): Promise<boolean> =>
      (await db.selectFrom('admin_token').select('id').limit(1).executeTakeFirst()) !== undefined,

    async callerOfToken(token: string): Promise<Caller | undefined> {
      const row = await validToken(token)
      return row && { name: row.name }
    },

    /** Exchanges an admin token for a session of ours; throws `token_refused`. */
    async openSession(token: string): Promise<{ session: string; name: string; expiresAt: Instant }> {
      const row = await validToken(token)
      if (!row) throw new Problem(accessProblems.token_refused, 'This admin token is not valid.')
      const session = newToken('session')
      const expiresAt = now() + sessionMs
      await db.deleteFrom('session').where('expires_at', '<=', now()).execute()
      await db
        .insertInto('session')
        .values({ session_hash: hashToken(session), admin_token_id: row.id, created_at: now(), expires_at: expiresAt })
        .execute()
      return { session, name: row.name, expiresAt }
    },

    async callerOfSession(session: string): Promise<(Caller & { expiresAt: Instant }) | undefined> {
      const row = await db
        .selectFrom('session')
        .innerJoin('admin_token', 'admin_token.id', 'session.admin_token_id')
        .select(['admin_token.name', 'session.expires_at', 'admin_token.expires_at as token_expires_at'])
        .where('session_hash', '=', hashToken(session))
        .executeTakeFirst()
      if (!row || row.expires_at <= now() || (row.token_expires_at ?? Infinity) <= now()) return undefined
      return { name: row.name, expiresAt: row.expires_at }
    },

    closeSession: async (session: string): Promise<void> => {
      await db.deleteFrom('session').where('session_hash', '=', hashToken(session)).execute()
    },
  }
}
