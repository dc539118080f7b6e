import type { IdentityRecord, SourceGroupRecord } from '../../../identity/identity.ts'
import type { ExternalId } from '../../../identity/ids.ts'
import type { ReadingPage } from '../../../sources/source.ts'

/** What the store should hold of a connection, in the simplest form that a reading can be folded into. */
export interface DesiredModel {
  readonly people: Map<ExternalId, { record: IdentityRecord; state: 'present' | 'deleted' | 'missing' }>
  readonly groups: Map<ExternalId, { record: SourceGroupRecord; exists: boolean }>
  readonly members: Map<ExternalId, Set<ExternalId>>
  readonly nesting: Map<ExternalId, Set<ExternalId>>
  /** Members and child groups that were named and are not there, or not yet. */
  readonly waiting: {
    readonly user: Map<ExternalId, Set<ExternalId>>
    readonly group: Map<ExternalId, Set<ExternalId>>
  }
  readonly assignments: Map<string, Set<string>>
}

export const emptyModel = (): DesiredModel => ({
  people: new Map(),
  groups: new Map(),
  members: new Map(),
  nesting: new Map(),
  waiting: { user: new Map(), group: new Map() },
  assignments: new Map(),
})

interface Existing {
  readonly people: Set<ExternalId>
  readonly groups: Set<ExternalId>
}

type EdgeStep = { clear: true } | { add: readonly ExternalId[]; remove: readonly ExternalId[] }

/** Folds one complete reading into the model. */
export function foldReading(model: DesiredModel, pages: readonly ReadingPage[]): void {
  const people = new Map<ExternalId, IdentityRecord | undefined>()
  const groups = new Map<ExternalId, SourceGroupRecord | undefined>()
  const members = new Map<ExternalId, EdgeStep[]>()
  const nesting = new Map<ExternalId, EdgeStep[]>()
  const assignments = new Map<string, Set<string>>()
  let snapshot = false
  let existing: Existing | undefined
  for (const page of pages) {
    if (page.kind === 'begin') snapshot = page.form === 'snapshot'
    if (page.kind === 'identities') for (const one of page.identities) people.set(one.externalId, one)
    if (page.kind === 'deletedIdentities') for (const id of page.externalIds) people.set(id, undefined)
    if (page.kind === 'groups') for (const one of page.groups) groups.set(one.externalId, one)
    if (page.kind === 'deletedGroups') {
      for (const id of page.externalIds) {
        groups.set(id, undefined)
        members.set(id, [{ clear: true }])
        nesting.set(id, [{ clear: true }])
      }
    }
    if (page.kind === 'replacedMembers') {
      for (const id of page.groups) {
        listOf(members, id).push({ clear: true })
        listOf(nesting, id).push({ clear: true })
      }
    }
    if (page.kind === 'existing') {
      existing ??= { people: new Set(), groups: new Set() }
      for (const id of page.identities) existing.people.add(id)
      for (const id of page.groups) existing.groups.add(id)
    }
    if (page.kind === 'members') {
      listOf(members, page.group).push({ add: page.identities, remove: page.removed })
      listOf(nesting, page.group).push({ add: page.groups, remove: page.removed })
    }
    if (page.kind === 'assignments') {
      const of = assignments.get(page.application) ?? new Set()
      for (const one of page.assignments) of.add(`${one.principal} ${one.externalId}`)
      assignments.set(page.application, of)
    }
  }
  foldPeople(model, people, snapshot, existing)
  foldGroups(model, groups, snapshot, existing)
  const { user, group } = model.waiting
  foldEdges(model, { known: model.members, waiting: user }, members, snapshot, (id) => model.people.has(id))
  const exists = (id: ExternalId) => model.groups.get(id)?.exists === true
  foldEdges(model, { known: model.nesting, waiting: group }, nesting, snapshot, exists)
  if (snapshot) model.assignments.clear()
  for (const [application, list] of assignments) model.assignments.set(application, list)
}

function listOf<K, V>(lists: Map<K, V[]>, key: K): V[] {
  const list = lists.get(key) ?? []
  lists.set(key, list)
  return list
}

function foldPeople(
  { people }: DesiredModel,
  said: ReadonlyMap<ExternalId, IdentityRecord | undefined>,
  snapshot: boolean,
  existing: Existing | undefined,
): void {
  for (const [id, record] of said) {
    const known = people.get(id)
    if (record !== undefined) people.set(id, { record, state: 'present' })
    else if (known !== undefined) known.state = 'deleted'
  }
  if (!snapshot && !existing) return
  const named = (id: ExternalId) => said.has(id) || (!snapshot && existing?.people.has(id) === true)
  for (const [id, known] of people) if (!named(id) && known.state === 'present') known.state = 'missing'
}

function foldGroups(
  { groups }: DesiredModel,
  said: ReadonlyMap<ExternalId, SourceGroupRecord | undefined>,
  snapshot: boolean,
  existing: Existing | undefined,
): void {
  for (const [id, record] of said) {
    const known = groups.get(id)
    if (record !== undefined) groups.set(id, { record, exists: true })
    else if (known !== undefined) known.exists = false
  }
  if (!snapshot && !existing) return
  const named = (id: ExternalId) => said.has(id) || (!snapshot && existing?.groups.has(id) === true)
  for (const [id, known] of groups) if (!named(id)) known.exists = false
}

function foldEdges(
  { groups }: DesiredModel,
  { known, waiting }: { known: Map<ExternalId, Set<ExternalId>>; waiting: Map<ExternalId, Set<ExternalId>> },
  steps: ReadonlyMap<ExternalId, readonly EdgeStep[]>,
  snapshot: boolean,
  isThere: (id: ExternalId) => boolean,
): void {
  for (const [id, group] of groups) {
    const before = group.exists ? [...(known.get(id) ?? []), ...(waiting.get(id) ?? [])] : []
    const readable = group.exists && group.record.membersReadable
    const said = new Set(snapshot && readable ? [] : before)
    for (const step of readable ? (steps.get(id) ?? []) : []) {
      if ('clear' in step) said.clear()
      else {
        for (const child of step.add) said.add(child)
        for (const child of step.remove) said.delete(child)
      }
    }
    known.set(id, new Set([...said].filter(isThere)))
    waiting.set(id, new Set([...said].filter((child) => !isThere(child))))
  }
}

/** Everything about one person that a plan could depend on. */
export function viewOf(model: DesiredModel, id: ExternalId): string {
  const direct = [...model.groups.keys()].filter((group) => model.members.get(group)?.has(id))
  const reached = new Set(direct)
  for (const group of reached) {
    for (const [parent, children] of model.nesting) if (children.has(group)) reached.add(parent)
  }
  const groups = [...reached].sort().map((group) => model.groups.get(group))
  const assigned = [...model.assignments].flatMap(([application, list]) => [
    list.has(`user ${id}`) ? `${application} itself` : '',
    ...direct.filter((group) => list.has(`group ${group}`)).map((group) => `${application} ${group}`),
  ])
  return JSON.stringify([model.people.get(id), groups, assigned.filter(Boolean).sort()])
}
