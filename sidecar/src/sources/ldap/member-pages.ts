import type { ExternalId } from '../../identity/ids.ts'
import { inSlices } from '../in-slices.ts'
import type { ReadingPage } from '../source.ts'

const none: readonly ExternalId[] = []

/** Edges from one group, as pages of a reading. */
export function* peoplePages(group: ExternalId, people: readonly ExternalId[]): Generator<ReadingPage> {
  for (const slice of inSlices(people)) yield { kind: 'members', group, identities: slice, groups: none, removed: none }
}

export function* nestedPages(group: ExternalId, groups: readonly ExternalId[]): Generator<ReadingPage> {
  for (const slice of inSlices(groups)) yield { kind: 'members', group, identities: none, groups: slice, removed: none }
}
