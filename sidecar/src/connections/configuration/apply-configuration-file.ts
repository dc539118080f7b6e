import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Instant } from '../../identity/ids.ts'
import { Problem } from '../../problem/problem.ts'
import type { Store } from '../../store/open-database.ts'
import { applyConfiguration } from './apply-configuration.ts'
import { configurationProblems } from './configuration-problems.ts'
import { parseConfiguration } from './parse-configuration.ts'

interface Where {
  readonly store: Store
  readonly now: () => Instant
  readonly configurationApplied: () => Promise<void>
}

/** Applies a file of this machine and says what changed. A file with anything wrong in it is refused whole. */
export async function applyConfigurationFile(where: Where, path: string): Promise<readonly string[]> {
  const parsed = parseConfiguration(readText(path))
  if (parsed.kind === 'invalid') throw firstOf(parsed.problems, path)
  const options = { file: basename(path), prune: false, now: where.now() }
  const effects = await applyConfiguration(where.store.db, parsed.configuration, options)
  await where.configurationApplied()
  return effects.map(({ text }) => text)
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    const what = `The configuration file ${path} cannot be read.`
    throw new Problem(configurationProblems.configuration_file_unreadable, what, { cause })
  }
}

/** One error can be thrown; it says how many more `rollcall config validate` would show. */
function firstOf(problems: readonly Problem[], path: string): Problem {
  const [first] = problems
  if (!first) throw new TypeError('an invalid configuration has a problem')
  const more = problems.length > 1 ? ` ${problems.length - 1} more: rollcall config validate ${path} shows them.` : ''
  const { code, status, remedy } = first
  return new Problem({ code, status, remedy, meaning: '' }, `${path}: ${first.message}${more}`, { cause: first })
}
