import type { Ability } from '../../planning/capabilities.ts'
import type { ProblemDefinition } from '../../problem/problem.ts'
import type { TargetError } from '../target-error.ts'
import type { ProductAnswer } from './product-answer.ts'
import { type Product, type ProductFailures, refusal } from './product-failures.ts'
import type { ReadOnlyMemory } from './read-only-memory.ts'

/** One write that the product did not do. */
export interface RefusedWrite {
  readonly ability: Ability
  readonly answer: ProductAnswer
  /** "to create the account ada": completes "Jira refused …". */
  readonly doing: string
}

/** What a refusal means; all that it names have to fit. */
export interface RefusalRule {
  readonly says?: RegExp
  /** Fields of the message that the rule is about; any without it. */
  readonly field?: string
  readonly status?: number
  readonly definition: ProblemDefinition
}

export interface RefusalRules {
  /** Texts of a directory that takes no writes. */
  readonly readOnly: RegExp
  /** The first that fits counts; what none knows is quoted. */
  readonly rules: readonly RefusalRule[]
  /** Whether this is the end of our rights or one subject that we may not touch; `undefined` where it is not about rights. */
  forbidden(write: RefusedWrite, signal: AbortSignal): Promise<TargetError | undefined>
}

export type WriteFailure = (write: RefusedWrite, signal: AbortSignal) => Promise<TargetError>

/** Names the failure of a write, and remembers what it says about all writes of its kind. */
export function createWriteFailure(
  product: Product,
  failures: ProductFailures,
  memory: ReadOnlyMemory,
  { readOnly, rules, forbidden }: RefusalRules,
): WriteFailure {
  return async (write, signal) => {
    const { answer, ability, doing } = write
    const { text, fields } = product.messageOf(answer.body)
    if (isReadOnly(readOnly, text, doing)) {
      const reach = memory.refused(ability) ? 'denied' : 'refused'
      const happened = `${product.name} refused ${doing}: the directory is read-only.`
      return refusal(product.problems.directory_read_only, happened, reach)
    }
    const lacking = await forbidden(write, signal)
    if (lacking) return lacking
    const rule = rules.find(
      ({ says, field, status }) =>
        (says === undefined || says.test(text)) &&
        (field === undefined || fields.includes(field)) &&
        (status === undefined || status === answer.status),
    )
    if (!rule) return failures.unexplained(answer, doing)
    return refusal(rule.definition, `${product.name} refused ${doing}. ${rule.definition.meaning}`)
  }
}

/** Products repeat names in what they say: one of "read-only-users" says nothing about the directory. */
export const isReadOnly = (readOnly: RegExp, text: string, doing: string): boolean =>
  readOnly.test(text) && !readOnly.test(doing)
