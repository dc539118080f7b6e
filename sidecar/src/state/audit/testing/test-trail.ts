import { auditKey } from '../audit-chain.ts'
import { type AuditTrail, createAuditTrail } from '../audit-trail.ts'

export const testKey = auditKey(Buffer.alloc(32, 7))

/** A record under a key that tests know. */
export const createTestTrail = (sealed: Parameters<typeof createAuditTrail>[0]['sealed'] = () => {}): AuditTrail =>
  createAuditTrail({ key: testKey, sealed })
