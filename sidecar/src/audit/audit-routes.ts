import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { AuditPage, AuditQuery, AuditVerificationView, VerifyAudit } from '@rollcall/contract/api/audit'
import type { AuditKey } from '../state/audit/audit-chain.ts'
import { findAudit } from '../state/audit/find-audit.ts'
import { verifyAudit } from '../state/audit/verify-audit.ts'
import type { Db } from '../store/transaction.ts'

interface Options {
  readonly db: Db
  readonly key: AuditKey
}

/** Reading the record and proving it. Nothing here can change it. */
export const auditRoutes: FastifyPluginAsyncTypebox<Options> = async (app, { db, key }) => {
  app.get(
    '/audit',
    { schema: { summary: 'Who did what, oldest first', querystring: AuditQuery, response: { 200: AuditPage } } },
    async ({ query }) => {
      const entries = await findAudit(db, query)
      const last = entries.at(-1)
      return { entries, ...(entries.length === query.limit && last !== undefined && { nextAfter: last.id }) }
    },
  )

  app.post(
    '/audit/verify',
    {
      schema: {
        summary: 'Whether anything in the record was changed, left out or cut off',
        body: VerifyAudit,
        response: { 200: AuditVerificationView },
      },
      config: { audit: { action: 'audit.verify' } },
    },
    async ({ body }) => {
      const { faults, ...verification } = await verifyAudit(db, key, body.heads)
      return { ok: faults.length === 0, ...verification, faults: [...faults] }
    },
  )
}
