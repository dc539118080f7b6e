import type { NoticeKind } from '@rollcall/contract/notices'
import type { CheckStep } from '../../identity/check-step.ts'
import type { Notification } from '../notification.ts'

/** A way to tell somebody. */
export interface Channel {
  readonly name: string
  /** Only these; all without it. */
  readonly kinds: readonly NoticeKind[] | undefined
  /** Tells all of it at once; throws a Problem when it was not taken. */
  tell(notifications: readonly Notification[]): Promise<void>
  /** Sends a test notice and says step by step how far it came. */
  test(at: number): Promise<readonly CheckStep[]>
}
