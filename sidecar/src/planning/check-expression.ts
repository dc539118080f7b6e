import type { ASTNode } from '@marcbachmann/cel-js'
import { compilePattern } from './compile-pattern.ts'
import { expressionLimits } from './expression-limits.ts'

/** What of an expression cannot be allowed, and at which character. */
export interface Refusal {
  readonly position: number
  readonly reason: string
}

export interface CheckedExpression {
  readonly refusal: Refusal | undefined
  /** Its macros multiply the cost of what they see: it gets to see less. */
  readonly multiplies: boolean
}

const macros = new Set(['all', 'exists', 'exists_one', 'map', 'filter'])

/**
 * Walks a parsed expression before it is ever run. `matches` is a backtracking engine (28 letters took 22 s), macros
 * multiply, `bind` doubles texts: what could take more than about 50 ms is refused here, because it cannot be stopped later.
 * @throws Problem `pattern_syntax` for a `matchesRe2` whose pattern is not valid.
 */
export function checkExpression(tree: ASTNode, path: string): CheckedExpression {
  let multiplies = false
  let refusal: Refusal | undefined
  const refuse = (node: ASTNode, reason: string) => {
    refusal ??= { position: node.start, reason }
  }

  function visit(node: ASTNode, macroDepth: number): void {
    if (node.op === 'rcall') visitMethod(node, macroDepth)
    else if (node.op === 'call') visitCall(node, macroDepth)
    else for (const child of childrenOf(node)) visit(child, macroDepth)
  }

  function visitMethod(node: Extract<ASTNode, { op: 'rcall' }>, macroDepth: number): void {
    const [name, receiver, args] = node.args
    if (name === 'matches') refuse(node, 'matches can run for minutes; use matchesRe2(text, "pattern")')
    if (name === 'bind') refuse(node, 'bind is not offered')
    const depth = macroDepth + (macros.has(name) ? 1 : 0)
    if (depth > expressionLimits.macroNesting) refuse(node, 'all, exists, map and filter may be nested only twice')
    if (depth > macroDepth && !isBounded(receiver)) {
      refuse(node, `${name} may only go over an attribute, a written list, or parts of an attribute`)
    }
    if (depth > 1) multiplies = true
    visit(receiver, macroDepth)
    for (const arg of args) visit(arg, depth)
  }

  function visitCall(node: Extract<ASTNode, { op: 'call' }>, macroDepth: number): void {
    const [name, args] = node.args
    if (name === 'matchesRe2') visitPattern(node, args[1], macroDepth)
    for (const arg of args) visit(arg, macroDepth)
  }

  function visitPattern(node: ASTNode, pattern: ASTNode | undefined, macroDepth: number): void {
    if (macroDepth > 1) refuse(node, 'matchesRe2 may not stand in a macro within a macro')
    if (macroDepth > 0) multiplies = true
    if (pattern?.op !== 'value' || typeof pattern.args !== 'string') {
      refuse(node, 'the pattern of matchesRe2 has to be written out, in quotes')
    } else compilePattern(pattern.args, path, pattern.start + 1)
  }

  visit(tree, 0)
  return { refusal, multiplies }
}

/** Every operand that is an expression itself, whatever the operator. */
function childrenOf(node: ASTNode): readonly ASTNode[] {
  return Array.isArray(node.args)
    ? (node.args as readonly unknown[]).flat(2).filter(isNode)
    : [node.args].filter(isNode)
}

const isNode = (value: unknown): value is ASTNode => typeof value === 'object' && value !== null && 'op' in value

/** Its number of entries is bounded by what was cut or written: no text that the expression itself makes longer. */
function isBounded(node: ASTNode): boolean {
  if (node.op === 'id' || node.op === 'list') return true
  if (node.op === '.' || node.op === '.?' || node.op === '[]' || node.op === '[?]') return isBounded(node.args[0])
  if (node.op !== 'rcall') return false
  const [name, receiver] = node.args
  return (macros.has(name) || boundedMethods.has(name)) && isBounded(receiver)
}

const boundedMethods = new Set(['split', 'orValue', 'lowerAscii', 'upperAscii', 'trim', 'substring', 'value'])
