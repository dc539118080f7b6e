import type Database from 'better-sqlite3'
import { assertNever } from '../../identity/assert-never.ts'
import type { ExternalId } from '../../identity/ids.ts'
import { Problem } from '../../problem/problem.ts'
import type { Assignment, MembersPage, ReadingPage } from '../../sources/source.ts'
import { groupContent, identityContent } from '../../state/desired/storable.ts'
import { type StagedEdges, stageEdges } from '../staging/staged-edges.ts'
import { type StagedRecords, stageRecords } from '../staging/staged-records.ts'
import { readingProblems } from './reading-problems.ts'

/** A whole reading, set down but not yet believed by anybody. */
export interface StagedReading {
  readonly form: 'snapshot' | 'delta'
  readonly cursor: string | undefined
  readonly people: StagedRecords<ExternalId>
  readonly groups: StagedRecords<ExternalId>
  /** From groups to people. */
  readonly members: StagedEdges
  /** From groups to groups. */
  readonly nesting: StagedEdges
  /** Everything that was said about an application, by its name. */
  readonly assignments: ReadonlyMap<string, readonly Assignment[]>
  /** Everybody and every group that exists; `undefined` unless the source of a delta listed them. */
  readonly existing: { readonly people: ReadonlySet<number>; readonly groups: ReadonlySet<ExternalId> } | undefined
  /** Members that the source left out because nobody is behind their names. */
  readonly danglingMembers: number
}

export interface ReadingProgress {
  readonly phase: 'reading' | 'applying'
  readonly identities: number
  readonly groups: number
  readonly memberships: number
}

/** Sets the pages down as they come. Throws unless the source said that it saw everything it promised. */
export async function stageReading(
  pages: AsyncIterable<ReadingPage>,
  staging: Database.Database,
  signal: AbortSignal,
  progress: (progress: ReadingProgress) => void,
): Promise<StagedReading> {
  const stage = createStage(staging)
  for await (const page of pages) {
    signal.throwIfAborted()
    stage.take(page)
    progress(stage.progress())
  }
  return stage.whole()
}

function createStage(staging: Database.Database) {
  const people = stageRecords<ExternalId>(staging, 'person')
  const groups = stageRecords<ExternalId>(staging, 'source_group')
  const members = stageEdges(staging, 'member')
  const nesting = stageEdges(staging, 'nesting')
  const assignments = new Map<string, Assignment[]>()
  const existing = { people: new Set<number>(), groups: new Set<ExternalId>() }
  let listed = false
  const counted = { identities: 0, groups: 0, memberships: 0 }
  let begun: 'snapshot' | 'delta' | undefined
  let complete: Extract<ReadingPage, { kind: 'complete' }> | undefined

  const takeMembers = (page: MembersPage) => {
    const group = groups.localOf(page.group)
    // Whether a member that left was a person or a group is not always said: it is then neither from now on.
    members.append(group, slice(page.identities, page.removed, people))
    nesting.append(group, slice(page.groups, page.removed, groups))
    counted.memberships += page.identities.length + page.groups.length
  }
  const clearMembers = (externalId: ExternalId) => {
    members.clear(groups.localOf(externalId))
    nesting.clear(groups.localOf(externalId))
  }
  const dropGroup = (externalId: ExternalId) => {
    groups.drop(externalId)
    clearMembers(externalId)
  }
  const takeExisting = (page: Extract<ReadingPage, { kind: 'existing' }>) => {
    listed = true
    for (const externalId of page.identities) existing.people.add(people.localOf(externalId))
    for (const externalId of page.groups) existing.groups.add(externalId)
  }
  const take = (page: ReadingPage): void => {
    if ((page.kind === 'begin') !== (begun === undefined) || complete !== undefined) throw outOfOrder(page.kind)
    switch (page.kind) {
      case 'begin':
        begun = page.form
        return
      case 'identities':
        for (const identity of page.identities) people.put(identity.externalId, identityContent(identity))
        counted.identities += page.identities.length
        return
      case 'deletedIdentities':
        for (const externalId of page.externalIds) people.drop(externalId)
        return
      case 'groups':
        for (const group of page.groups) groups.put(group.externalId, groupContent(group))
        counted.groups += page.groups.length
        return
      case 'deletedGroups':
        for (const externalId of page.externalIds) dropGroup(externalId)
        return
      case 'replacedMembers':
        for (const externalId of page.groups) clearMembers(externalId)
        return
      case 'members':
        takeMembers(page)
        return
      case 'existing':
        takeExisting(page)
        return
      case 'assignments':
        assignments.set(page.application, [...(assignments.get(page.application) ?? []), ...page.assignments])
        return
      case 'complete':
        complete = page
        return
      default:
        assertNever(page)
    }
  }
  return {
    take,
    progress: (): ReadingProgress => ({ phase: 'reading', ...counted }),
    whole(): StagedReading {
      if (begun === undefined || complete === undefined) {
        throw new Problem(readingProblems.reading_incomplete, 'The reading ended before the source called it complete.')
      }
      const { cursor, danglingMembers = 0 } = complete
      const read = { people, groups, members, nesting, assignments, danglingMembers }
      return { form: begun, cursor, ...read, existing: listed ? existing : undefined }
    },
  }
}

const slice = (present: readonly ExternalId[], absent: readonly ExternalId[], records: StagedRecords<ExternalId>) => ({
  present: present.map(records.localOf),
  absent: absent.map(records.localOf),
})

const outOfOrder = (kind: string) =>
  new Problem(readingProblems.reading_out_of_order, `The source delivered a "${kind}" page where none is allowed.`)
