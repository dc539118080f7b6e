import type { Instant } from '../../identity/ids.ts'
import type { Db } from '../../store/transaction.ts'
import type { AuditEntry } from './audit-entry.ts'

export interface AuditQuery {
  /** Only entries with a greater number. */
  readonly after: number
  readonly limit: number
  readonly since?: Instant | undefined
  readonly until?: Instant | undefined
  /** Only this action, or all that begin with it: `plan` finds `plan.applied`. */
  readonly action?: string | undefined
}

/** Entries in their order, oldest first. */
export async function findAudit(db: Db, { after, limit, since, until, action }: AuditQuery): Promise<AuditEntry[]> {
  let select = db.selectFrom('audit_entry').selectAll().where('id', '>', after).orderBy('id').limit(limit)
  if (since !== undefined) select = select.where('at', '>=', since)
  if (until !== undefined) select = select.where('at', '<', until)
  if (action !== undefined) {
    select = select.where(({ or, eb }) =>
      or([eb('action', '=', action), eb('action', '>=', `${action}.`).and('action', '<', `${action}/`)]),
    )
  }
  return (await select.execute()).map(({ id, at, action, content, erased_at }) => ({
    ...(content === null ? {} : JSON.parse(content)),
    id,
    at,
    action,
    ...(erased_at === null ? {} : { erasedAt: erased_at }),
  }))
}
