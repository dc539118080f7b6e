import { EvaluationError } from '@marcbachmann/cel-js'
import { createVocabulary, type Evaluated, parseChecked } from './compile-expression.ts'
import { expressionUser } from './expression-scope.ts'
import type { IdentityState } from './subject.ts'

/** One person and the account they have once the plan is executed. */
export interface Outcome {
  readonly identity: IdentityState
  readonly account: { readonly name: string; readonly active: boolean }
  /** Names of the target groups that the account is in itself. */
  readonly groups: readonly string[]
}

export interface CompiledAssertion {
  readonly name: string
  readonly severity: 'hold' | 'report'
  readonly holds: (outcome: Outcome) => Evaluated<boolean>
}

const vocabulary = createVocabulary()
  .registerVariable('account', 'map<string, dyn>')
  .registerVariable('groups', 'list<string>')

/**
 * Compiles a condition over `user`, `account` (`name`, `active`) and `groups`. What cannot be said of a person is no `true`.
 * @throws Problem with `path` and `position` in its context
 */
export function compileAssertion(source: string, path: string): CompiledAssertion['holds'] {
  const { parsed, limit } = parseChecked(source, path, 'condition', vocabulary)
  return ({ identity, account, groups }) => {
    if (groups.length > limit) return { kind: 'failed', reason: `the account is in more than ${limit} groups` }
    try {
      const value: unknown = parsed({
        user: expressionUser(identity, limit),
        account: { ...account },
        groups: [...groups],
      })
      return typeof value === 'boolean'
        ? { kind: 'value', value }
        : { kind: 'failed', reason: 'it yields no condition' }
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error
      return { kind: 'failed', reason: error.summary }
    }
  }
}
