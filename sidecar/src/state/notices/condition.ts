import type { NoticeKind } from '@rollcall/contract/notices'

export interface NamedThing {
  readonly slug: string
  readonly name: string
}

/** Something that holds now and needs somebody. Texts are for every reader of a mailbox: no secrets, nobody's name. */
export interface Condition {
  /** The same as long as it lasts. */
  readonly key: string
  readonly kind: NoticeKind
  /** Told again when it changes, as numbers are not: from a month to two weeks, from failing to quarantined. */
  readonly stage: string
  readonly severity: 'warning' | 'critical'
  readonly title: string
  readonly text: string
  readonly remedy: string
  readonly connection?: NamedThing
  readonly target?: NamedThing
  readonly planId?: number
  readonly runId?: number
}
