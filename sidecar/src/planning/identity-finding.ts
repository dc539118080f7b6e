import type { Finding, FindingCode } from './finding.ts'
import type { IdentityState } from './subject.ts'

/** A finding about one person, under the name that the identity provider knows. */
export const identityFinding = (
  identity: IdentityState,
  code: FindingCode,
  message: string,
  remedy: string,
  contended: readonly string[] = [],
): Finding => ({
  code,
  subject: { kind: 'identity', id: identity.id },
  subjectName: identity.userName === '' ? identity.externalId : identity.userName,
  message,
  remedy,
  contended,
})
