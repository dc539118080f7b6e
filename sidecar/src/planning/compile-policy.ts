import type { GuardPolicy, Policy } from '@rollcall/contract/policy'
import type { IdentityState } from './subject.ts'

/** What an expression made of one identity. `absent`: it reads an attribute that this person does not have. */
export type Evaluated<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'absent'; readonly attribute: string }
  | { readonly kind: 'failed'; readonly reason: string }

export type Evaluate<T> = (identity: IdentityState) => Evaluated<T>

/** A policy with its expressions and patterns ready to run. */
export interface CompiledPolicy {
  readonly users: CompiledUsers
  readonly groups: CompiledGroups
  readonly guard: GuardPolicy
}

export interface CompiledUsers {
  readonly policy: Policy['users']
  /** Pattern and replacement applied. */
  readonly userName: Evaluate<string>
  readonly email: Evaluate<string>
  readonly displayName: Evaluate<string>
  /** `undefined` when the policy has no filter. */
  readonly filter: Evaluate<boolean> | undefined
  readonly customAttributes: readonly { readonly name: string; readonly value: Evaluate<string> }[]
}

export interface CompiledGroups {
  readonly policy: Policy['groups']
  /** True when a source group of this name is to be provisioned on the fly, as far as `matching` decides. */
  matches(sourceName: string): boolean
  /** Name in the target for a source group that is provisioned on the fly. */
  rename(sourceName: string): string
}

/** @throws Problem whose context carries `path` (`users/userName/expression`) and `position`. */
export function compilePolicy(_policy: Policy): CompiledPolicy {
  throw new Error('being written')
}
