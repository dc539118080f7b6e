import type { Instant } from '../../identity/ids.ts'
import type { Condition } from '../../state/notices/condition.ts'
import type { Credential } from '../credentials/credential.ts'

const dayMs = 86_400_000
/** Days ahead at which somebody is told, each once. */
const stages = [1, 7, 14, 30]

/** Credentials that have expired, or will soon enough that somebody should begin to renew them. */
export const findEndingCredentials = (credentials: readonly Credential[], now: Instant): readonly Condition[] =>
  credentials.flatMap((credential) => {
    const stage = stageOf(credential, now)
    return stage === undefined ? [] : [conditionOf(credential, stage)]
  })

/** `expired`, or the smallest number of days ahead that was reached. A stage longer than half its life says nothing. */
export function stageOf({ expiresAt, issuedAt }: Credential, now: Instant): 'expired' | number | undefined {
  if (expiresAt <= now) return 'expired'
  const life = issuedAt === undefined ? Number.POSITIVE_INFINITY : expiresAt - issuedAt
  return stages.find((days) => expiresAt - now <= days * dayMs && days * dayMs <= life / 2)
}

function conditionOf(credential: Credential, stage: 'expired' | number): Condition {
  const { key, what, expiresAt, remedy, connection, target } = credential
  const day = new Date(expiresAt).toISOString().slice(0, 16).replace('T', ' ')
  const isOver = stage === 'expired'
  return {
    key: `credential/${key}`,
    kind: isOver ? 'credentialExpired' : 'credentialExpiring',
    stage: String(stage),
    severity: isOver || stage <= 7 ? 'critical' : 'warning',
    title: `${what} ${isOver ? 'has expired' : `expires ${stage === 1 ? 'within a day' : `within ${stage} days`}`}`,
    text: `${what} ${isOver ? 'expired' : 'expires'} on ${day} UTC.`,
    remedy,
    ...(connection && { connection }),
    ...(target && { target }),
  }
}
