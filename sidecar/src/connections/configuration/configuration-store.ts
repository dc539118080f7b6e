import type { Configuration, ConnectionEntry, TargetEntry } from '@rollcall/contract/configuration'
import type { Kysely, Transaction } from 'kysely'
import type { ConnectionId, Instant, TargetId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import { Problem } from '../../problem/problem.ts'
import type { Tables } from '../../store/tables.ts'
import { configurationProblems } from './configuration-problems.ts'
import { findByName } from './parse-configuration.ts'
import { slugOf } from './slug.ts'

/** One thing that applying a configuration does, for the administrator to read before it happens. */
export interface Effect {
  readonly kind: 'add' | 'change' | 'remove'
  readonly text: string
}

interface Stored<Entry> {
  readonly id: number
  readonly slug: string
  readonly entry: Entry
  readonly managedBy: string
  readonly position: number
}

interface StoredConfiguration {
  readonly targets: readonly (Stored<TargetEntry> & { readonly id: TargetId })[]
  readonly connections: readonly (Stored<ConnectionEntry> & { readonly id: ConnectionId })[]
}

/** What is configured now; entries as they were written, secrets as references. */
export async function readConfiguration(db: Kysely<Tables>): Promise<StoredConfiguration> {
  const targets = await db.selectFrom('target').selectAll().where('removed_at', 'is', null).orderBy('id').execute()
  const connections = await db
    .selectFrom('connection')
    .selectAll()
    .where('removed_at', 'is', null)
    .orderBy('position')
    .orderBy('id')
    .execute()
  return {
    targets: targets.map(({ id, slug, entry, managed_by }, position) => ({
      id,
      slug,
      entry: JSON.parse(entry),
      managedBy: managed_by,
      position,
    })),
    connections: connections.map(({ id, slug, entry, managed_by, position }) => ({
      id,
      slug,
      entry: JSON.parse(entry),
      managedBy: managed_by,
      position,
    })),
  }
}

/** Says what `applyConfiguration` would do with the same arguments, without doing it. */
export function effectsOf(stored: StoredConfiguration, wanted: Configuration, file: string, prune: boolean): Effect[] {
  return [
    ...effectsOfList('target', stored.targets, wanted.targets, file, prune),
    ...effectsOfList('connection', stored.connections, wanted.connections, file, prune),
  ]
}

function effectsOfList(
  what: 'target' | 'connection',
  stored: readonly Stored<{ readonly name: string }>[],
  wanted: readonly { readonly name: string; readonly slug?: string }[],
  file: string,
  prune: boolean,
): Effect[] {
  const added = wanted.filter((entry) => !stored.some(({ slug }) => slug === slugOf(entry)))
  const changed = wanted.filter((entry, position) => {
    const before = stored.find(({ slug }) => slug === slugOf(entry))
    return before && (!sameJson(before.entry, entry) || (what === 'connection' && before.position !== position))
  })
  const removed = prune ? gone(stored, wanted, file) : []
  return [
    ...added.map(({ name }): Effect => ({ kind: 'add', text: `Adds the ${what} ${name}.` })),
    ...changed.map(
      ({ name }): Effect => ({ kind: 'change', text: `Changes the ${what} ${name}; its people are looked at again.` }),
    ),
    ...removed.map(({ entry }): Effect => ({ kind: 'remove', text: removalText(what, entry.name) })),
  ]
}

const removalText = (what: 'target' | 'connection', name: string) =>
  what === 'connection'
    ? `Removes the connection ${name}: the accounts it manages are released and stay as they are.`
    : `Removes the target ${name}: nothing in it is changed.`

/** Only what the same file once made may go when the file no longer names it. */
const gone = <Entry extends { readonly name: string }>(
  stored: readonly Stored<Entry>[],
  wanted: readonly { readonly name: string; readonly slug?: string }[],
  file: string,
) =>
  stored.filter(
    ({ slug, managedBy }) => managedBy === `file:${file}` && !wanted.some((entry) => slugOf(entry) === slug),
  )

const sameJson = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/**
 * Stores a valid configuration in one transaction. What the file does not name stays, unless `prune` and the same file
 * made it. A policy whose rules, scope, order or target changed gets a new version, which marks all its subjects.
 */
export async function applyConfiguration(
  db: Kysely<Tables>,
  wanted: Configuration,
  options: { readonly file: string; readonly prune: boolean; readonly now: Instant },
): Promise<Effect[]> {
  const stored = await readConfiguration(db)
  const effects = effectsOf(stored, wanted, options.file, options.prune)
  await db.transaction().execute(async (trx) => {
    const targets = new Map<TargetEntry, TargetId>()
    for (const entry of wanted.targets) targets.set(entry, await storeTarget(trx, entry, options))
    for (const [position, entry] of wanted.connections.entries()) {
      const connection = await storeConnection(trx, entry, position, options)
      await storePolicies(trx, connection, entry, position, wanted.targets, targets, options.now)
    }
    if (!options.prune) return
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

async function storeTarget(trx: Transaction<Tables>, entry: TargetEntry, { file, now }: Origin): Promise<TargetId> {
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
  trx: Transaction<Tables>,
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
  trx: Transaction<Tables>,
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
  await trx
    .updateTable('policy')
    .set({ removed_at: now })
    .where('connection_id', '=', connection)
    .where('target_id', 'not in', kept)
    .execute()
}

async function storePolicy(
  trx: Transaction<Tables>,
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
    .set({ policy, basis, version: row.version + 1, removed_at: null })
    .where('connection_id', '=', connection)
    .where('target_id', '=', target)
    .execute()
}

/** Releases what the connection managed: claims, grants and bindings go, no account is touched. */
async function removeConnection(trx: Transaction<Tables>, connection: ConnectionId, now: Instant): Promise<void> {
  await trx.updateTable('connection').set({ removed_at: now, next_run_at: null }).where('id', '=', connection).execute()
  await trx.updateTable('policy').set({ removed_at: now }).where('connection_id', '=', connection).execute()
  for (const table of ['claim', 'granted_membership', 'group_binding', 'dirty', 'wanted_account'] as const) {
    await trx.deleteFrom(table).where('connection_id', '=', connection).execute()
  }
}

const slugReused = (what: string, slug: string) =>
  new Problem(
    configurationProblems.configuration_slug_reused,
    `The short name ${slug} belonged to a ${what} that was removed.`,
  )
