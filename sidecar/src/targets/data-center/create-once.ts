import { outgoingProblems } from '../../outgoing/outgoing-problems.ts'
import { isProblem } from '../../problem/problem.ts'
import type { ObservedAccount } from '../target.ts'
import type { TargetError } from '../target-error.ts'

interface Creating {
  /** Sends it once, never twice. */
  post(): Promise<ObservedAccount>
  find(): Promise<ObservedAccount | undefined>
  isWhatWasSent(made: ObservedAccount): boolean
  taken(): TargetError
}

/**
 * When the connection is lost in between, nobody knows whether the account was made: it is read back, and one that
 * equals what was sent is the one (the product itself refuses a second of that name).
 */
export async function createOnce({ post, find, isWhatWasSent, taken }: Creating): Promise<ObservedAccount> {
  try {
    return await post()
  } catch (error) {
    if (!isProblem(error, outgoingProblems.outgoing_connection_lost)) throw error
    const made = await find()
    if (!made) return post()
    if (!isWhatWasSent(made)) throw taken()
    return made
  }
}
