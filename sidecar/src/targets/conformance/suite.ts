import type { Ability } from '../../planning/capabilities.ts'
import type { ObservedAccount, Target } from '../target.ts'
import type { Conformity, Situation, Subject } from './conformity.ts'

export const signal = new AbortController().signal
export const ada = { name: 'ada', email: 'ada@example.com', displayName: 'Ada Lovelace' }

/** What the tests of one product have in common. */
export interface Suite {
  readonly name: string
  readonly conformity: Conformity
  /** Closed when the test ends. */
  open(situation?: Situation): Promise<Subject>
  /** Ada gets an account. */
  make(target: Target): Promise<ObservedAccount>
  /** The address, where the product tells any. */
  email(address: string): string | undefined
  /** Where it cannot, the call has to be denied; gives back whether it can. */
  canDo(target: Target, ability: Ability, call: () => Promise<unknown>): Promise<boolean>
}
