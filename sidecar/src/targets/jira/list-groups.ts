import { inParallel } from '../data-center/in-parallel.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import { refusal } from '../data-center/product-failures.ts'
import { unexplained } from './jira-failure.ts'
import { jiraProblems } from './jira-problems.ts'
import { countOf, groupNameOf, listOf, recordOf } from './jira-wire.ts'

const usualLetters = 'abcdefghijklmnopqrstuvwxyz0123456789-_. '
/** Far above any Jira: it gives what its own limit allows. */
const mostAsked = 100_000
const longestPart = 4

interface GroupsFound {
  readonly names: readonly string[]
  readonly total: number
}

/**
 * The picker has no paging but tells how many match (Jira REST, groups): where it shows fewer, groups are asked for
 * by parts of their names until as many are known as it counts.
 */
export async function listGroups(client: ProductClient, signal: AbortSignal): Promise<readonly string[]> {
  const whole = await pick(client, '', signal)
  const known = new Set(whole.names)
  if (known.size >= whole.total) return [...known]
  await collectByParts(client, known, whole.total, signal)
  const { total } = await pick(client, '', signal)
  if (known.size >= Math.min(total, whole.total)) return [...known]
  throw refusal(
    jiraProblems.jira_groups_incomplete,
    `Jira counts ${total} groups and lists ${known.size} of them.`,
    'unavailable',
  )
}

async function collectByParts(
  client: ProductClient,
  known: Set<string>,
  total: number,
  signal: AbortSignal,
): Promise<void> {
  let truncated = ['']
  for (let length = 1; length <= longestPart && truncated.length > 0; length += 1) {
    const letters = new Set([...usualLetters, ...[...known].flatMap((name) => [...name.toLowerCase()])])
    const parts = truncated.flatMap((part) => [...letters].map((letter) => part + letter))
    truncated = []
    const ask = async (part: string, both: AbortSignal) => ({ part, found: await pick(client, part, both) })
    for await (const { part, found } of inParallel(parts, 8, ask, signal)) {
      for (const name of found.names) known.add(name)
      if (known.size >= total) return
      if (found.names.length < found.total) truncated.push(part)
    }
  }
}

async function pick(client: ProductClient, query: string, signal: AbortSignal): Promise<GroupsFound> {
  const answer = await client.get('/api/2/groups/picker', { query, maxResults: mostAsked }, signal)
  if (answer.status !== 200) throw unexplained(answer, 'listing groups')
  const { groups, total } = recordOf(answer.body, 'a list of groups')
  // `html` is escaped markup; `name` is the name.
  const names = listOf(groups, 'a list of groups').map(groupNameOf)
  return { names, total: countOf(total, 'a list of groups with their number') }
}
