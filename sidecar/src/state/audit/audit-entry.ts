import type { Instant } from '../../identity/ids.ts'

/** Who did something, from where. */
export interface Actor {
  /** Name of the admin token, `command line`, or `Rollcall` for what happens by itself. */
  readonly name: string
  /** Address that the request came from; `socket` for the command line on this machine. */
  readonly from?: string
}

/** Something that happened and that somebody may be asked about. No secret is ever in it. */
export interface AuditEvent {
  /** `plan.applied`, `operations.settled`, `session.opened`: see docs/audit.md. */
  readonly action: string
  readonly actor: Actor
  /** What it was done to, as an administrator knows it. */
  readonly subject?: string
  readonly before?: unknown
  readonly after?: unknown
  /** Whatever else says what happened: outcome, numbers, names. */
  readonly detail?: Readonly<Record<string, unknown>>
}

/** An event as it stands in the record. */
export interface AuditEntry extends Partial<Omit<AuditEvent, 'action'>> {
  readonly id: number
  readonly at: Instant
  readonly action: string
  /** Only the fact is left, not what it said. */
  readonly erasedAt?: Instant
}

/** What the digest is made of, always written in the same order. */
export const contentOf = ({ actor, subject, before, after, detail }: AuditEvent): string =>
  JSON.stringify({ actor, subject, before, after, detail })
