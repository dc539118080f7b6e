import { nameKey } from '../../identity/name-key.ts'
import { inParallel } from '../data-center/in-parallel.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import { refusal } from '../data-center/product-failures.ts'
import type { ObservedAccount } from '../target.ts'
import { findAccount } from './find-account.ts'
import { jiraProblems } from './jira-problems.ts'
import { searchPage } from './search-page.ts'

const usualLetters = 'abcdefghijklmnopqrstuvwxyz0123456789._-@'
const parallelSearches = 8
const mostSearches = 200_000

/**
 * Where a search shows only its first `cap` matches: searches for every beginning of a user name and goes on with one
 * letter more while an answer is full (Jira REST, users). Letters that turn up in names are added, so another
 * script is found as soon as one name in it is known. An account that is called exactly as a full beginning is looked
 * up by itself. What this cannot see is left to the second count of the caller.
 */
export async function* listByPrefix(
  client: ProductClient,
  cap: number,
  knownNames: Iterable<string>,
  signal: AbortSignal,
): AsyncGenerator<readonly ObservedAccount[]> {
  // Some releases may take hidden users out after cutting, so an answer is full before it reaches the cap.
  const fullAt = Math.max(1, Math.floor(cap * 0.9))
  const letters = new Set([...usualLetters, ...[...knownNames].flatMap((name) => [...nameKey(name)])])
  const full = ['']
  const asked = new Set<string>()
  for (let level = beginnings(full, letters, asked); level.length > 0; level = beginnings(full, letters, asked)) {
    if (asked.size > mostSearches) throw capped()
    for await (const found of inParallel(level, parallelSearches, search, signal)) {
      for (const account of found) for (const letter of nameKey(account.name)) letters.add(letter)
      yield found
    }
  }

  async function search(start: string, both: AbortSignal): Promise<readonly ObservedAccount[]> {
    const found = await searchPage(client, start, 0, both)
    if (found.length < fullAt) return found
    full.push(start)
    if (found.some((account) => nameKey(account.name) === start)) return found
    const exact = await findAccount(client, { name: start }, both)
    return exact ? [...found, exact] : found
  }
}

/** What has not been asked for yet; marks it as asked for. */
function beginnings(full: readonly string[], letters: ReadonlySet<string>, asked: Set<string>): string[] {
  const fresh: string[] = []
  for (const start of full) {
    for (const letter of letters) {
      const longer = start + letter
      // A name does not begin with a space, and `..` finds everyone again.
      if (longer.startsWith(' ') || longer.startsWith('..') || asked.has(longer)) continue
      asked.add(longer)
      fresh.push(longer)
    }
  }
  return fresh
}

const capped = () =>
  refusal(
    jiraProblems.jira_users_capped,
    `The search of Jira stayed capped in ${mostSearches} searches for beginnings of names.`,
    'unavailable',
  )
