import { RE2JS, RE2JSSyntaxException } from 're2js'
import { Problem } from '../problem/problem.ts'
import { planningProblems } from './planning-problems.ts'

/** @throws Problem `pattern_syntax`; `offset` is where the pattern begins within the value at `path`. */
export function compilePattern(pattern: string, path: string, offset = 0): RE2JS {
  try {
    return RE2JS.compile(pattern)
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error
    const fragment = error.getPattern() ?? ''
    const position = offset + Math.max(0, pattern.lastIndexOf(fragment))
    throw new Problem(
      planningProblems.pattern_syntax,
      `The pattern at ${path} is not valid: ${error.getDescription()}, at character ${position + 1}.`,
      { cause: error, context: { path, position } },
    )
  }
}

/**
 * Replaces every match, as administrators know it from Java and from the products' own plugins: `$1` is the first group.
 * Without a replacement the first group remains. A text that does not match stays as it is.
 */
export function rewriter(pattern: string, replacement: string | undefined, path: string): (text: string) => string {
  const compiled = compilePattern(pattern, `${path}/pattern`)
  const used = replacement ?? (compiled.groupCount() > 0 ? '$1' : '$0')
  checkReplacement(used, compiled.groupCount(), `${path}/replacement`)
  return (text) => compiled.matcher(text).replaceAll(used, true)
}

/** Each escape, group reference or stray special character of a replacement. */
const specials = /\\[\s\S]?|\$(\d)?/g

function checkReplacement(replacement: string, groups: number, path: string): void {
  for (const { 0: found, 1: digit, index: position } of replacement.matchAll(specials)) {
    const isEscape = found.length === 2 && found.startsWith('\\')
    if (isEscape || (digit !== undefined && Number(digit) <= groups)) continue
    throw new Problem(
      planningProblems.replacement_syntax,
      `The replacement at ${path} has ${found} at character ${position + 1}, but the pattern has ${groups} groups.`,
      { context: { path, position } },
    )
  }
}
