import type { CreatedScimToken, ScimLogEntry, ScimTokenView, ScimView } from '@rollcall/contract/api/scim'
import type { ConnectionId, Instant } from '../identity/ids.ts'
import type { DeliveringPlan } from '../state/scim/plans-of-runs.ts'
import { findScimLog, type LoggedScimRequest } from '../state/scim/scim-log.ts'
import type { IssuedScimToken, ScimToken } from '../state/scim/scim-tokens.ts'
import { scimTotals } from '../state/scim/scim-totals.ts'
import type { Db } from '../store/transaction.ts'
import type { Scim } from './open-scim.ts'
import { type ScimOrigin, scimBaseUrl } from './scim-address.ts'
import type { ScimConnection } from './scim-connection.ts'

/** A connection as its administrator sees it: what to enter at the provider, and how it does. */
export async function viewPushed(
  scim: Scim,
  db: Db,
  { id, slug, settings }: ScimConnection,
  origin: ScimOrigin,
  now: Instant,
): Promise<ScimView> {
  const { identities, groups } = scimTotals(scim.options.service.read, id)
  const lastRequestAt = await lastScimRequest(scim, db, id)
  return {
    baseUrl: scimBaseUrl(origin.url, slug),
    reachable: origin.reachable,
    delivery: settings.delivery,
    users: identities,
    groups,
    ...(lastRequestAt !== undefined && { lastRequestAt }),
    ...(settings.jwt !== undefined && { jwtIssuer: settings.jwt.issuer }),
    tokens: scim.tokens
      .list(id)
      .map((token) => viewToken(token, now))
      .toReversed(),
  }
}

/** When the provider last called, refused or not; undefined for longer ago than the log is kept. */
export async function lastScimRequest(scim: Scim, db: Db, connection: ConnectionId): Promise<Instant | undefined> {
  await scim.flushLog()
  return (await findScimLog(db, { connection, limit: 1 }))[0]?.at
}

/** A new token with its secret, this once. */
export function viewIssuedToken(
  scim: Scim,
  connection: ConnectionId,
  { token, id }: IssuedScimToken,
  now: Instant,
): CreatedScimToken {
  const stored = scim.tokens.list(connection).find((each) => each.id === id)
  if (stored === undefined) throw new TypeError('a token that was just issued is listed')
  return { token, view: viewToken(stored, now) }
}

function viewToken({ id, ...token }: ScimToken, now: Instant): ScimTokenView {
  const { label, createdAt, createdBy, expiresAt, lastUsedAt } = token
  return {
    tokenId: id,
    label,
    state: stateOf(token, now),
    createdAt,
    ...(createdBy !== undefined && { createdBy }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(lastUsedAt !== undefined && { lastUsedAt }),
  }
}

function stateOf({ revokedAt, expiresAt }: Omit<ScimToken, 'id'>, now: Instant): ScimTokenView['state'] {
  if (revokedAt !== undefined) return 'revoked'
  return expiresAt !== undefined && expiresAt <= now ? 'expired' : 'valid'
}

/** One request of the provider, for people. */
export const viewScimRequest = (entry: LoggedScimRequest, plans: readonly DeliveringPlan[]): ScimLogEntry => ({
  id: entry.number,
  at: entry.at,
  ...(entry.tokenId !== undefined && { tokenId: entry.tokenId }),
  remoteAddress: entry.remoteAddress,
  method: entry.method,
  ...(entry.resourceType !== undefined && { resourceType: entry.resourceType }),
  ...(entry.id !== undefined && { scimId: entry.id }),
  ...(entry.subjectName !== undefined && { subject: entry.subjectName }),
  attributes: [...(entry.attributes ?? [])],
  status: entry.status,
  ...(entry.scimType !== undefined && { scimType: entry.scimType }),
  ...(entry.detail !== undefined && { detail: entry.detail }),
  durationMs: entry.durationUs / 1_000,
  waiting: entry.waiting,
  plans: plans.map(({ plan, status, target }) => ({ planId: plan, status, target })),
})
