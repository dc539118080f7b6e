import type { CheckStep } from '../identity/check-step.ts'
import type { ConnectionId, Instant } from '../identity/ids.ts'
import type { ProblemDefinition } from '../problem/problem.ts'
import type { ScimToken } from '../state/scim/scim-tokens.ts'
import type { Db } from '../store/transaction.ts'
import type { Scim } from './open-scim.ts'
import { type ScimOrigin, scimBaseUrl } from './scim-address.ts'
import { scimAdminProblems } from './scim-admin-problems.ts'
import type { ScimConnection } from './scim-connection.ts'
import { lastScimRequest } from './view-pushed.ts'

/** A token that ends sooner than this is in need of a successor. */
const expiringWithinMs = 30 * 86_400_000

/** What of a pushed connection can be checked from here; nothing for one that is read. */
export async function checkPushed(
  scim: Scim,
  db: Db,
  id: ConnectionId,
  origin: ScimOrigin,
  now: Instant,
): Promise<readonly CheckStep[]> {
  const connection = scim.connections.all().find((each) => each.id === id)
  if (connection === undefined) return []
  return [
    checkAddress(connection, origin),
    checkTokens(connection, scim.tokens.list(id), now),
    sayLastRequest(await lastScimRequest(scim, db, id)),
  ]
}

function checkAddress({ slug }: ScimConnection, { url, reachable }: ScimOrigin): CheckStep {
  const address = scimBaseUrl(url, slug)
  if (reachable === 'public') return passed('SCIM address', `Providers push to ${address}.`)
  return failed('SCIM address', `Only this machine reaches ${address}.`, scimAdminProblems.scim_address_local)
}

function checkTokens({ settings }: ScimConnection, tokens: readonly ScimToken[], now: Instant): CheckStep {
  const step = 'SCIM token'
  const valid = tokens.filter(({ revokedAt, expiresAt = Infinity }) => revokedAt === undefined && expiresAt > now)
  const [longest] = valid.toSorted((a, b) => (b.expiresAt ?? Infinity) - (a.expiresAt ?? Infinity))
  if (longest === undefined) {
    if (settings.jwt) return passed(step, `Tokens are signed by ${settings.jwt.issuer}.`)
    return failed(step, 'There is no valid token.', scimAdminProblems.scim_token_missing)
  }
  const { label, id, expiresAt } = longest
  const name = `${label} (${id})`
  if (expiresAt === undefined) return passed(step, `${name} never ends.`)
  if (expiresAt - now > expiringWithinMs) return passed(step, `${name} is valid until ${day(expiresAt)}.`)
  return failed(step, `${name} ends on ${day(expiresAt)}, and none ends later.`, scimAdminProblems.scim_token_expiring)
}

const sayLastRequest = (at: Instant | undefined): CheckStep =>
  passed(
    'Last request',
    at === undefined ? 'The provider has not called yet.' : `The provider called at ${second(at)}.`,
  )

const passed = (step: string, detail: string): CheckStep => ({ step, ok: true, detail })

const failed = (step: string, detail: string, { code, remedy }: ProblemDefinition): CheckStep => ({
  step,
  ok: false,
  detail,
  problem: { code, remedy },
})

const day = (at: Instant): string => new Date(at).toISOString().slice(0, 10)
const second = (at: Instant): string => new Date(at).toISOString().replace('T', ' ').replace(/\..*/, ' UTC')
