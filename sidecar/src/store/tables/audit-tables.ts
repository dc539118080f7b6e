import type { Generated } from 'kysely'
import type { Json, Maybe } from './columns.ts'

/** The chained record of changes. */
export interface AuditTables {
  audit_segment: {
    id: Generated<number>
    /** Days since 1970, UTC. */
    day: number
    key_id: string
    before_mac: string
    first_entry: number
    last_entry: Maybe<number>
    head: Maybe<string>
    seal: Maybe<string>
  }
  audit_entry: {
    id: number
    segment_id: number
    at: number
    action: string
    digest: string
    mac: string
    /** Gone with the content when it is erased: nobody can try what it said. */
    salt: Maybe<string>
    content: Maybe<Json>
    erased_at: Maybe<number>
  }
}
