import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Instant } from '../../identity/ids.ts'
import { Problem } from '../../problem/problem.ts'
import type { AuditTrail } from '../../state/audit/audit-trail.ts'
import type { Store } from '../../store/open-database.ts'
import { type Trx, transaction } from '../../store/transaction.ts'
import { applyConfiguration } from './apply-configuration.ts'
import { configurationProblems } from './configuration-problems.ts'
import { exportConfiguration } from './export-configuration.ts'
import { parseConfiguration } from './parse-configuration.ts'

interface Where {
  readonly store: Store
  readonly now: () => Instant
  readonly audit: { readonly trail: AuditTrail }
  readonly configurationApplied: () => Promise<void>
}

/** Applies a file of this machine and says what changed. A file with anything wrong in it is refused whole. */
export async function applyConfigurationFile(where: Where, path: string): Promise<readonly string[]> {
  const parsed = parseConfiguration(readText(path))
  if (parsed.kind === 'invalid') throw firstOf(parsed.problems, path)
  const options = { file: basename(path), prune: false, now: where.now() }
  const { db } = where.store
  const before = await exportConfiguration(db)
  const effects = await applyConfiguration(db, parsed.configuration, options)
  const after = await exportConfiguration(db)
  if (effects.length > 0) await transaction(db, (trx) => record(trx, where, { file: options.file, before, after }))
  await where.configurationApplied()
  return effects.map(({ text }) => text)
}

/** Nobody asked for it but the start of the service. */
function record(
  trx: Trx,
  { audit, now }: Where,
  { file, before, after }: { readonly file: string; readonly before: string; readonly after: string },
): Promise<void> {
  const actor = { name: 'Rollcall' }
  return audit.trail.record(
    trx,
    [{ action: 'configuration.apply', actor, before, after, detail: { fileName: file } }],
    now(),
  )
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
