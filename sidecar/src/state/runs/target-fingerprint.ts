import { createHash } from 'node:crypto'

interface Fingerprint {
  readonly serverId: string
  readonly baseUrl: string
  readonly ownAccount: string
}

/** What a target says about itself against what it said when it was connected; both as they are stored. */
export type FingerprintState =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'known' }
  /** `code` names exactly what it says now: whoever confirms repeats it. */
  | { readonly kind: 'changed'; readonly changes: readonly string[]; readonly code: string; readonly now: Fingerprint }

export function fingerprintState(connected: string | null, description: string | null): FingerprintState {
  if (connected === null || description === null) return { kind: 'unknown' }
  const before = toFingerprint(JSON.parse(connected))
  const now = toFingerprint((JSON.parse(description) as { fingerprint: Fingerprint }).fingerprint)
  const changes = changesOf(before, now)
  return changes.length === 0 ? { kind: 'known' } : { kind: 'changed', changes, code: codeOf(now), now }
}

const toFingerprint = ({ serverId, baseUrl, ownAccount }: Fingerprint): Fingerprint => ({
  serverId,
  baseUrl,
  ownAccount,
})

function changesOf(before: Fingerprint, now: Fingerprint): readonly string[] {
  const changes: string[] = []
  if (before.serverId !== now.serverId) {
    changes.push(
      `Its server id is ${now.serverId || 'not told'}; when it was connected it was ${before.serverId || 'not told'}.`,
    )
  }
  if (before.baseUrl !== now.baseUrl) {
    changes.push(
      `Its base URL is ${now.baseUrl || 'not told'}; when it was connected it was ${before.baseUrl || 'not told'}.`,
    )
  }
  if (before.ownAccount !== now.ownAccount) {
    changes.push(`The account that Rollcall signs in with is ${now.ownAccount}; it was ${before.ownAccount}.`)
  }
  return changes
}

const codeOf = (fingerprint: Fingerprint): string =>
  createHash('sha256').update(JSON.stringify(fingerprint)).digest('hex').slice(0, 12)
