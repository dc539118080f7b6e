import { type ASTNode, Environment, EvaluationError, ParseError, type ParseResult } from '@marcbachmann/cel-js'
import { RE2JS } from 're2js'
import { Problem, type ProblemDefinition } from '../problem/problem.ts'
import { checkExpression } from './check-expression.ts'
import { expressionLimits } from './expression-limits.ts'
import { expressionUser, fieldOf } from './expression-scope.ts'
import { planningProblems } from './planning-problems.ts'
import type { IdentityState } from './subject.ts'

/** What an expression made of one identity. `absent`: it reads an attribute that this person does not have. */
export type Evaluated<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'absent'; readonly attribute: string }
  | { readonly kind: 'failed'; readonly reason: string }

export type Evaluate<T> = (identity: IdentityState) => Evaluated<T>

interface Yields {
  text: string
  condition: boolean
}

/** Types that an expression may have; `dyn` is decided for each person. */
const accepted: Readonly<Record<keyof Yields, ReadonlySet<string>>> = {
  text: new Set(['string', 'dyn', 'int', 'uint', 'double', 'bool']),
  condition: new Set(['bool', 'dyn']),
}

const converters: { readonly [Y in keyof Yields]: (value: unknown) => Evaluated<Yields[Y]> } = {
  text: toText,
  condition: toCondition,
}

/**
 * Compiles a CEL expression over `user` (userName, email, displayName, active, externalId and every attribute) and nothing
 * else: no clock, no other person. `has(user.x)` and `user.?x.orValue("")` deal with attributes that not everybody has.
 * @throws Problem with `path` and `position` in its context
 */
export function compileExpression<Y extends keyof Yields>(
  source: string,
  path: string,
  yields: Y,
): Evaluate<Yields[Y]> {
  const { parsed, limit } = parseChecked(source, path, yields, environment)
  const convert = converters[yields]
  const field = plainField(parsed.ast)
  // A plain field needs no evaluator: the same result at a tenth of the price, for what nearly every policy says.
  if (field !== undefined) return (identity) => convertField(fieldOf(identity, field), field, convert)
  return (identity) => run(parsed, identity, limit, source, convert)
}

/**
 * Parsed, bounded and of the right type; `limit` is what it gets to see of texts and lists.
 * @throws Problem with `path` and `position` in its context
 */
export function parseChecked(
  source: string,
  path: string,
  yields: keyof Yields,
  vocabulary: Environment,
): { readonly parsed: ParseResult; readonly limit: number } {
  const parsed = parse(source, path, vocabulary)
  const { refusal, multiplies } = checkExpression(parsed.ast, path)
  if (refusal !== undefined) throw refuse('expression_refused', path, refusal.position, refusal.reason)
  checkType(parsed, path, yields)
  return { parsed, limit: multiplies ? expressionLimits.cutWhereCostsMultiply : expressionLimits.cut }
}

/** Registration is expensive: one for each vocabulary, and nothing is registered after that. */
export const createVocabulary = () =>
  new Environment({
    enableOptionalTypes: true,
    limits: { maxAstNodes: expressionLimits.nodes, maxDepth: expressionLimits.depth },
  })
    .registerVariable('user', 'map<string, dyn>')
    .registerFunction('matchesRe2(string, string): bool', (text: string, pattern: string) =>
      matcher(pattern).test(text),
    )

const environment = createVocabulary()

const matchers = new Map<string, RE2JS>()
const keptMatchers = 200

/** Patterns are literals of expressions, so there are few; the bound is for a service that runs for years. */
function matcher(pattern: string): RE2JS {
  const known = matchers.get(pattern)
  if (known !== undefined) return known
  if (matchers.size >= keptMatchers) matchers.clear()
  const compiled = RE2JS.compile(pattern)
  matchers.set(pattern, compiled)
  return compiled
}

function parse(source: string, path: string, vocabulary: Environment): ParseResult {
  try {
    return vocabulary.parse(source)
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    const tooBig = error.code === 'limit_exceeded'
    throw refuse(
      tooBig ? 'expression_refused' : 'expression_syntax',
      path,
      error.range?.start ?? 0,
      error.summary,
      error,
    )
  }
}

function checkType(parsed: ParseResult, path: string, yields: keyof Yields): void {
  const { valid, type = '', error } = parsed.check()
  if (!valid) throw refuse('expression_type', path, error?.range?.start ?? 0, error?.summary ?? 'wrong types', error)
  if (accepted[yields].has(type)) return
  const wanted = yields === 'condition' ? 'true or false' : 'text'
  throw refuse('expression_type', path, parsed.ast.start, `it yields ${type} where ${wanted} is needed`)
}

function refuse(
  code: 'expression_syntax' | 'expression_type' | 'expression_refused',
  path: string,
  position: number,
  reason: string,
  cause?: unknown,
): Problem {
  const definition: ProblemDefinition = planningProblems[code]
  const what = {
    expression_syntax: 'cannot be parsed',
    expression_type: 'does not fit',
    expression_refused: 'is refused',
  }
  const sentence = `The expression at ${path} ${what[code]} at character ${position + 1}: ${reason}.`
  return new Problem(definition, sentence, { cause, context: { path, position } })
}

/** `x` of `user.x`, else `undefined`. */
function plainField(tree: ASTNode): string | undefined {
  if (tree.op !== '.') return undefined
  const [receiver, name] = tree.args
  return receiver.op === 'id' && receiver.args === 'user' ? name : undefined
}

function convertField<T>(
  value: ReturnType<typeof fieldOf>,
  attribute: string,
  convert: (value: unknown) => Evaluated<T>,
): Evaluated<T> {
  if (value === undefined) return { kind: 'absent', attribute }
  const cut = typeof value === 'string' ? value.slice(0, expressionLimits.cut) : value
  return convert(cut)
}

function run<T>(
  parsed: ParseResult,
  identity: IdentityState,
  limit: number,
  source: string,
  convert: (value: unknown) => Evaluated<T>,
): Evaluated<T> {
  try {
    return convert(parsed({ user: expressionUser(identity, limit) }))
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error
    const attribute = missingAttribute(error, source)
    return attribute === undefined ? { kind: 'failed', reason: error.summary } : { kind: 'absent', attribute }
  }
}

/** The attribute of `user` that was read and is not there; a missing key of anything else is a failure. */
function missingAttribute({ code, node, range }: EvaluationError, source: string): string | undefined {
  if (code !== 'no_such_key' || (node?.op !== '.' && node?.op !== '[]')) return undefined
  const [receiver] = node.args
  if (receiver.op !== 'id' || receiver.args !== 'user') return undefined
  return range === undefined ? 'an attribute' : source.slice(range.start, range.end).replace(/^user/, '')
}

function toText(value: unknown): Evaluated<string> {
  if (typeof value === 'string') return { kind: 'value', value: value.trim() }
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') {
    return { kind: 'value', value: String(value) }
  }
  return { kind: 'failed', reason: 'it yields neither text nor a number for this person' }
}

function toCondition(value: unknown): Evaluated<boolean> {
  if (typeof value === 'boolean') return { kind: 'value', value }
  return { kind: 'failed', reason: 'it yields neither true nor false for this person' }
}
