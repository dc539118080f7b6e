import type { Instant } from '../../identity/ids.ts'
import type { Db } from '../../store/transaction.ts'
import type { Credential } from './credential.ts'

/** Nobody misses an admin token that ended longer ago. */
const missedMs = 30 * 86_400_000

/** Tokens that Rollcall issued: to providers that push, and to administrators. */
export async function issuedTokens(db: Db, now: Instant): Promise<readonly Credential[]> {
  return [...(await scimTokens(db)), ...(await adminTokens(db, now))]
}

async function scimTokens(db: Db): Promise<readonly Credential[]> {
  const rows = await db
    .selectFrom('scim_token')
    .innerJoin('connection', 'connection.id', 'scim_token.connection_id')
    .select(['scim_token.connection_id', 'token_id', 'label', 'scim_token.created_at', 'expires_at', 'last_used_at'])
    .select(['connection.slug', 'connection.name'])
    .where('revoked_at', 'is', null)
    .where('connection.removed_at', 'is', null)
    .orderBy('scim_token.id')
    .execute()
  return rows.flatMap(({ slug, name, ...token }) => {
    const others = rows.filter((other) => other.connection_id === token.connection_id)
    if (token.expires_at === null || others.some((other) => follows(other, token))) return []
    return [
      {
        key: `scim-token/${token.token_id}`,
        what: `The SCIM token "${token.label}" of ${name}`,
        expiresAt: token.expires_at,
        issuedAt: token.created_at,
        connection: { slug, name },
        remedy: `Make a new token, enter it at the provider, then revoke this one: \`rollcall scim token create ${slug}\`.`,
      },
    ]
  })
}

interface Lifetime {
  readonly expires_at: number | null
  readonly last_used_at: number | null
}

/** The provider uses the other one since, and that lasts longer: this one may end. */
const follows = (other: Lifetime, token: Lifetime) =>
  (other.expires_at ?? Number.POSITIVE_INFINITY) > (token.expires_at ?? Number.POSITIVE_INFINITY) &&
  other.last_used_at !== null &&
  other.last_used_at > (token.last_used_at ?? 0)

async function adminTokens(db: Db, now: Instant): Promise<readonly Credential[]> {
  const rows = await db
    .selectFrom('admin_token')
    .select(['id', 'name', 'created_at', 'expires_at'])
    .where('expires_at', '>', now - missedMs)
    .orderBy('id')
    .execute()
  return rows.flatMap(({ id, name, created_at, expires_at }) =>
    expires_at === null
      ? []
      : [
          {
            key: `admin-token/${id}`,
            what: `The admin token "${name}"`,
            expiresAt: expires_at,
            issuedAt: created_at,
            remedy: 'Make a new one for whoever uses it: `rollcall token create NAME`.',
          },
        ],
  )
}
