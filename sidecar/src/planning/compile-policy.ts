import type { GuardPolicy, Policy } from '@rollcall/contract/policy'
import { type CompiledAssertion, compileAssertion } from './compile-assertion.ts'
import { compileExpression, type Evaluate } from './compile-expression.ts'
import { compilePattern, rewriter } from './compile-pattern.ts'

/** A policy with its expressions and patterns ready to run. */
export interface CompiledPolicy {
  readonly users: CompiledUsers
  readonly groups: CompiledGroups
  readonly guard: GuardPolicy
  readonly assertions: readonly CompiledAssertion[]
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

/** @throws Problem whose context carries `path` (`users/userName/expression`) and `position` (a character of that value). */
export const compilePolicy = (policy: Policy): CompiledPolicy => ({
  users: compileUsers(policy.users),
  groups: compileGroups(policy.groups),
  guard: policy.guard,
  // A policy that was stored before there were any has none.
  assertions: (policy.guard.assertions ?? []).map((assertion, index) => ({
    ...assertion,
    holds: compileAssertion(assertion.expression, `guard/assertions/${index}/expression`),
  })),
})

function compileUsers(said: Policy['users']): CompiledUsers {
  const users = said.accounts === 'leaveAlone' ? groupsOnly(said) : said
  return {
    policy: users,
    userName: compileUserName(users.userName),
    email: compileExpression(users.email, 'users/email', 'text'),
    displayName: compileExpression(users.displayName, 'users/displayName', 'text'),
    filter: users.filter === undefined ? undefined : compileExpression(users.filter, 'users/filter', 'condition'),
    customAttributes: users.customAttributes.map(({ name, expression }, index) => ({
      name,
      value: compileExpression(expression, `users/customAttributes/${index}/expression`, 'text'),
    })),
  }
}

/** Whoever is disabled is left to the directory, too: what follows them is what it says. */
const groupsOnly = (users: Policy['users']): Policy['users'] => ({
  ...users,
  create: false,
  update: false,
  followEnabled: false,
  customAttributes: [],
})

function compileUserName({ expression, pattern, replacement }: Policy['users']['userName']): Evaluate<string> {
  const evaluate = compileExpression(expression, 'users/userName/expression', 'text')
  if (pattern === undefined) return evaluate
  const rewrite = rewriter(pattern, replacement, 'users/userName')
  return (identity) => {
    const result = evaluate(identity)
    return result.kind === 'value' ? { kind: 'value', value: rewrite(result.value) } : result
  }
}

function compileGroups(policy: Policy['groups']): CompiledGroups {
  if (policy.mode !== 'onTheFly') return { policy, matches: () => true, rename: (name) => name }
  const { matching, rename } = policy
  const pattern = matching === undefined ? undefined : compilePattern(matching, 'groups/matching')
  return {
    policy,
    matches: (name) => pattern === undefined || pattern.testExact(name),
    rename: rename === undefined ? (name) => name : rewriter(rename.pattern, rename.replacement, 'groups/rename'),
  }
}
