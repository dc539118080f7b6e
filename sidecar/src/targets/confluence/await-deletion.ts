import { setTimeout as sleep } from 'node:timers/promises'
import type { ProductClient } from '../data-center/product-client.ts'
import { quoted, refusal } from '../data-center/product-failures.ts'
import { saysMissing, unexplained } from './confluence-failure.ts'
import { confluenceProblems } from './confluence-problems.ts'
import { listOf, recordOf } from './confluence-wire.ts'

const firstWaitMs = 100
const longestWaitMs = 5000
const mostWaitMs = 600_000

/**
 * Follows a deletion that Confluence does in the background to its end (Confluence REST, users, shape [believed]). A task
 * that is not known any more has ended; whether the account is gone is for the caller to see.
 */
export async function awaitDeletion(client: ProductClient, task: string, signal: AbortSignal): Promise<void> {
  const until = Date.now() + mostWaitMs
  for (let waitMs = firstWaitMs; Date.now() < until; waitMs = Math.min(longestWaitMs, waitMs * 2)) {
    const answer = await client.get(`/api/longtask/${encodeURIComponent(task)}`, {}, signal)
    if (saysMissing(answer)) return
    if (answer.status !== 200) throw unexplained(answer, 'following a deletion')
    const { percentageComplete, successful, messages } = recordOf(answer.body, 'the state of a task')
    if (percentageComplete === 100) {
      if (successful === false) throw failed(messages)
      return
    }
    await sleep(waitMs, undefined, { signal })
  }
  const { confluence_deletion_unfinished } = confluenceProblems
  throw refusal(confluence_deletion_unfinished, confluence_deletion_unfinished.meaning)
}

function failed(messages: unknown) {
  const sentences = listOf(messages ?? [], 'the messages of a task')
    .map(sentenceOf)
    .join(' ')
  const { confluence_deletion_failed: definition } = confluenceProblems
  return refusal(
    definition,
    sentences === '' ? definition.meaning : `${definition.meaning} It says: ${quoted(sentences)}`,
  )
}

function sentenceOf(message: unknown): string {
  if (typeof message === 'string') return message
  const { translation, key } = recordOf(message, 'a message')
  return String(translation ?? key ?? '')
}
