import type { Configuration, ConnectionEntry, TargetEntry } from '@rollcall/contract/configuration'
import type { ConnectionId, Instant, TargetId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import { Problem } from '../../problem/problem.ts'
import { type Db, type Trx, transaction } from '../../store/transaction.ts'
import { type Effect, effectsOf, gone } from './configuration-effects.ts'
import { configurationProblems } from './configuration-problems.ts'
import { findByName } from './parse-configuration.ts'
import { slugOf } from './slug.ts'
import { readConfiguration, type Stored } from './stored-configuration.ts'
import { removeNotices, storeNotices } from './stored-notices.ts'

/**
 * Stores a valid configuration in one transaction. What the file does not name stays, unless `prune` and the same file
 * made it. A policy whose rules, scope, order or target changed gets a new version, which marks all its subjects.
 */
export async function applyConfiguration(
  db: Db,
  wanted: Configuration,
  options: { readonly file: string; readonly prune: boolean; readonly now: Instant },
): Promise<Effect[]> {
  const stored = await readConfiguration(db)
  const effects = effectsOf(stored, wanted, options.file, options.prune)
  refuseTakenNames(stored.targets, wanted.targets, options)
  refuseTakenNames(stored.connections, wanted.connections, options)
  await transaction(db, async (trx) => {
    const targets = new Map<TargetEntry, TargetId>()
    for (const entry of wanted.targets) targets.set(entry, await storeTarget(trx, entry, options))
    for (const [position, entry] of wanted.connections.entries()) {
      const connection = await storeConnection(trx, entry, position, options)
      await storePolicies(trx, connection, entry, position, wanted.targets, targets, options.now)
    }
    if (wanted.notices) await storeNotices(trx, { entry: wanted.notices, managedBy: `file:${options.file}` })
    if (!options.prune) return
    if (!wanted.notices && stored.notices?.managedBy === `file:${options.file}`) await removeNotices(trx)
    for (const { id } of gone(stored.connections, wanted.connections, options.file)) {
      await removeConnection(trx, id as ConnectionId, options.now)
    }
    for (const { id } of gone(stored.targets, wanted.targets, options.file)) {
      await trx
        .updateTable('target')
        .set({ removed_at: options.now })
        .where('id', '=', id as TargetId)
        .execute()
      await trx
        .updateTable('policy')
        .set({ removed_at: options.now })
        .where('target_id', '=', id as TargetId)
        .execute()
    }
  })
  return effects
}

interface Origin {
  readonly file: string
  readonly now: Instant
}

async function storeTarget(trx: Trx, entry: TargetEntry, { file, now }: Origin): Promise<TargetId> {
  const slug = slugOf(entry)
  const row = await trx.selectFrom('target').select(['id', 'removed_at']).where('slug', '=', slug).executeTakeFirst()
  if (row?.removed_at) throw slugReused('target', slug)
  const values = {
    name: entry.name,
    name_key: nameKey(entry.name),
    kind: entry.kind,
    entry: JSON.stringify(entry),
    managed_by: `file:${file}`,
    paused: entry.paused ? (1 as const) : (0 as const),
  }
  if (row) {
    await trx.updateTable('target').set(values).where('id', '=', row.id).execute()
    return row.id
  }
  const inserted = await trx
    .insertInto('target')
    .values({ ...values, slug, created_at: now })
    .returning('id')
    .executeTakeFirstOrThrow()
  return inserted.id
}

async function storeConnection(
  trx: Trx,
  entry: ConnectionEntry,
  position: number,
  { file, now }: Origin,
): Promise<ConnectionId> {
  const slug = slugOf(entry)
  const row = await trx
    .selectFrom('connection')
    .select(['id', 'removed_at'])
    .where('slug', '=', slug)
    .executeTakeFirst()
  if (row?.removed_at) throw slugReused('connection', slug)
  const values = {
    name: entry.name,
    name_key: nameKey(entry.name),
    provider: entry.provider,
    method: entry.method,
    position,
    entry: JSON.stringify(entry),
    managed_by: `file:${file}`,
    paused: entry.paused ? (1 as const) : (0 as const),
  }
  if (row) {
    await trx.updateTable('connection').set(values).where('id', '=', row.id).execute()
    return row.id
  }
  const inserted = await trx
    .insertInto('connection')
    .values({ ...values, slug, created_at: now })
    .returning('id')
    .executeTakeFirstOrThrow()
  return inserted.id
}

async function storePolicies(
  trx: Trx,
  connection: ConnectionId,
  entry: ConnectionEntry,
  position: number,
  targetEntries: readonly TargetEntry[],
  targets: ReadonlyMap<TargetEntry, TargetId>,
  now: Instant,
): Promise<void> {
  const kept: TargetId[] = []
  for (const { target: name, ...rules } of entry.policies) {
    const targetEntry = findByName(targetEntries, name)
    const target = targetEntry && targets.get(targetEntry)
    if (!targetEntry || target === undefined) {
      throw new Problem(configurationProblems.configuration_target_unknown, `There is no target ${name}.`)
    }
    kept.push(target)
    const { administratorGroups, protected: untouchable } = targetEntry
    const basis = { settings: entry.settings, position, administratorGroups, untouchable }
    await storePolicy(trx, connection, target, JSON.stringify(rules), JSON.stringify(basis))
  }
  const dropped = await trx
    .updateTable('policy')
    .set({ removed_at: now })
    .where('connection_id', '=', connection)
    .where('removed_at', 'is', null)
    .where('target_id', 'not in', kept)
    .returning('target_id')
    .execute()
  for (const { target_id } of dropped) await dismissHold(trx, connection, target_id, now)
}

async function storePolicy(
  trx: Trx,
  connection: ConnectionId,
  target: TargetId,
  policy: string,
  basis: string,
): Promise<void> {
  const row = await trx
    .selectFrom('policy')
    .select(['policy', 'basis', 'version', 'removed_at'])
    .where('connection_id', '=', connection)
    .where('target_id', '=', target)
    .executeTakeFirst()
  if (!row) {
    await trx
      .insertInto('policy')
      .values({ connection_id: connection, target_id: target, policy, basis, version: 1 })
      .execute()
    return
  }
  if (row.policy === policy && row.basis === basis && row.removed_at === null) return
  await trx
    .updateTable('policy')
    .set({ policy, basis, version: row.version + 1, removed_at: null, ...(row.removed_at === null ? {} : afresh) })
    .where('connection_id', '=', connection)
    .where('target_id', '=', target)
    .execute()
}

/** What a policy that comes back starts with: its claims are gone, so its first plan is held as any first plan is. */
const afresh = { first_approved_at: null, planned_version: 0, failures: 0, not_before: null }

/** What it managed is released afterwards, in pieces (`releaseRemoved`). */
async function removeConnection(trx: Trx, connection: ConnectionId, now: Instant): Promise<void> {
  await trx.updateTable('connection').set({ removed_at: now, next_run_at: null }).where('id', '=', connection).execute()
  await trx.updateTable('policy').set({ removed_at: now }).where('connection_id', '=', connection).execute()
  const policies = await trx.selectFrom('policy').select('target_id').where('connection_id', '=', connection).execute()
  for (const { target_id } of policies) await dismissHold(trx, connection, target_id, now)
}

async function dismissHold(trx: Trx, connection: ConnectionId, target: TargetId, now: Instant): Promise<void> {
  await trx
    .updateTable('hold')
    .set({ closed_at: now, closed_how: 'dismissed' })
    .where('connection_id', '=', connection)
    .where('target_id', '=', target)
    .where('closed_at', 'is', null)
    .execute()
}

/** A name may belong to something that the file does not name and that stays. */
function refuseTakenNames(
  stored: readonly Stored<{ readonly name: string }>[],
  wanted: readonly { readonly name: string; readonly slug?: string }[],
  { file, prune }: { readonly file: string; readonly prune: boolean },
): void {
  const going = new Set(prune ? gone(stored, wanted, file) : [])
  const staying = stored.filter((each) => !going.has(each) && !wanted.some((entry) => slugOf(entry) === each.slug))
  for (const { entry, slug } of staying) {
    const taker = wanted.find(({ name }) => nameKey(name) === nameKey(entry.name))
    if (!taker) continue
    const what = `The name ${taker.name} belongs to ${slug}, which the file does not name and which stays.`
    throw new Problem(configurationProblems.configuration_name_taken, what)
  }
}

const slugReused = (what: string, slug: string) =>
  new Problem(
    configurationProblems.configuration_slug_reused,
    `The short name ${slug} belonged to a ${what} that was removed.`,
  )
