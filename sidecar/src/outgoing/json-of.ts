import { Problem, type ProblemDefinition } from '../problem/problem.ts'
import type { OutgoingAnswer } from './outgoing-client.ts'
import { outgoingProblems } from './outgoing-problems.ts'

/** The body of an answer as JSON; what is none is told apart: cut short, a web page, something else. */
export function jsonOf(answer: OutgoingAnswer): unknown {
  try {
    return JSON.parse(answer.text)
  } catch (error) {
    const definition = whatItIsInstead(answer, error)
    throw new Problem(definition, `${answer.origin} (status ${answer.status}): ${definition.meaning}`, {
      // Not the parser's error: its message quotes the body.
      context: { origin: answer.origin, status: answer.status, length: answer.text.length },
    })
  }
}

function whatItIsInstead(answer: OutgoingAnswer, error: unknown): ProblemDefinition {
  const contentType = answer.headers['content-type'] ?? ''
  if (/^\s*</.test(answer.text) || contentType.includes('text/html')) {
    return outgoingProblems.outgoing_html_instead_of_json
  }
  return endedEarly(error, answer.text)
    ? outgoingProblems.outgoing_answer_cut_short
    : outgoingProblems.outgoing_answer_not_json
}

/** The parser failed at the very end: all that came was right, and more was to come. */
function endedEarly(error: unknown, text: string): boolean {
  const message = error instanceof Error ? error.message : ''
  if (message.startsWith('Unexpected end')) return true
  const position = /at position (\d+)/.exec(message)?.[1]
  return position !== undefined && Number(position) >= text.length
}
