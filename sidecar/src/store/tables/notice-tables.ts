import type { Generated } from 'kysely'
import type { Json, Maybe } from './columns.ts'

/** Notices and where they go. */
export interface NoticeTables {
  notice: {
    id: Generated<number>
    notice_key: string
    /** Another stage of the same is told once more. */
    stage: string
    content: Json
    opened_at: number
    closed_at: Maybe<number>
  }
  notice_message: {
    id: Generated<number>
    channel: string
    event: 'opened' | 'changed' | 'ended'
    content: Json
    at: number
  }
  /** Channels that failed last. */
  notice_channel: { channel: string; failures: number; not_before: number; problem: Json }
}
