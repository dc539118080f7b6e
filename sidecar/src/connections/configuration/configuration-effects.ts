import type { Configuration } from '@rollcall/contract/configuration'
import { slugOf } from './slug.ts'
import type { Stored, StoredConfiguration } from './stored-configuration.ts'

/** One thing that applying a configuration does, for the administrator to read before it happens. */
export interface Effect {
  readonly kind: 'add' | 'change' | 'remove'
  readonly text: string
}

/** Says what `applyConfiguration` would do with the same arguments, without doing it. */
export function effectsOf(stored: StoredConfiguration, wanted: Configuration, file: string, prune: boolean): Effect[] {
  return [
    ...effectsOfList('target', stored.targets, wanted.targets, file, prune),
    ...effectsOfList('connection', stored.connections, wanted.connections, file, prune),
    ...effectsOfNotices(stored, wanted, file, prune),
  ]
}

function effectsOfNotices(
  { notices: stored }: StoredConfiguration,
  wanted: Configuration,
  file: string,
  prune: boolean,
): Effect[] {
  if (wanted.notices) {
    if (!stored) return [{ kind: 'add', text: 'Adds who is told when something needs somebody.' }]
    const isSame = sameJson(stored.entry, wanted.notices)
    return isSame ? [] : [{ kind: 'change', text: 'Changes who is told when something needs somebody.' }]
  }
  if (!stored || !prune || stored.managedBy !== `file:${file}`) return []
  return [{ kind: 'remove', text: 'Tells nobody any more when something needs somebody.' }]
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
export const gone = <Entry extends { readonly name: string }>(
  stored: readonly Stored<Entry>[],
  wanted: readonly { readonly name: string; readonly slug?: string }[],
  file: string,
) =>
  stored.filter(
    ({ slug, managedBy }) => managedBy === `file:${file}` && !wanted.some((entry) => slugOf(entry) === slug),
  )

const sameJson = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
