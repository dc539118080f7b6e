import { createInterface } from 'node:readline/promises'
import { defineProblems, Problem } from '../problem/problem.ts'

export const confirmProblems = defineProblems({
  confirmation_needed: {
    status: 400,
    meaning: 'The command changes something and nobody is there to confirm it.',
    remedy: 'Run it on a terminal, or add --yes when you are sure.',
  },
  not_confirmed: {
    status: 400,
    meaning: 'The administrator answered no.',
    remedy: 'Nothing was changed; run the command again when you are sure.',
  },
})

/** Asks on the terminal; throws `not_confirmed`, or `confirmation_needed` where nobody can answer. */
export async function confirm(question: string, yes: boolean | undefined): Promise<void> {
  if (yes) return
  if (!process.stdin.isTTY) throw new Problem(confirmProblems.confirmation_needed, `${question} needs an answer.`)
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await terminal.question(`${question} [y/N] `)
  terminal.close()
  if (!/^y(es)?$/i.test(answer.trim())) throw new Problem(confirmProblems.not_confirmed, 'Not confirmed.')
}
