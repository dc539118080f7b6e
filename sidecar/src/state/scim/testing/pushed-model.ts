import type { ScimAttributes } from '../../../scim-protocol/resource.ts'
import { sameValue } from '../../../scim-protocol/same-value.ts'
import type { PushCommand } from './push-commands.ts'

interface ModelUser {
  readonly person: number
  attributes: ScimAttributes
  version: number
  modified: number
}

interface ModelGroup {
  attributes: ScimAttributes
  version: number
  modified: number
  readonly members: Set<string>
}

/** What the store should come to, said the long way: whole objects, whole member lists, nothing indexed. */
export interface PushedModel {
  readonly users: Map<string, ModelUser>
  readonly groups: Map<string, ModelGroup>
  /** By externalId, whom a re-creation continues. */
  readonly departed: Map<string, number>
  /** Every person that ever was: the id last issued for them, and whether they are deleted. */
  readonly people: Map<number, { id: string; deleted: boolean }>
}

export const emptyModel = (): PushedModel => ({
  users: new Map(),
  groups: new Map(),
  departed: new Map(),
  people: new Map(),
})

type Outcome = 'done' | 404 | 409 | 412

export function applyToModel(model: PushedModel, command: PushCommand, at: number): Outcome {
  switch (command.kind) {
    case 'createUser':
      return createUser(model, command, at)
    case 'changeUser':
      return changeUser(model, command, at)
    case 'deleteUser':
      return deleteUser(model, command, at)
    case 'createGroup':
      return createGroup(model, command, at)
    case 'changeGroup':
      return changeGroup(model, command, at)
    case 'deleteGroup':
      return deleteGroup(model, command, at)
  }
}

type Of<Kind extends PushCommand['kind']> = PushCommand & { kind: Kind }

const nameTaken = (model: PushedModel, name: unknown, but?: string) =>
  [...model.users].some(
    ([id, user]) => id !== but && String(user.attributes.userName).toLowerCase() === String(name).toLowerCase(),
  )

function createUser(model: PushedModel, { id, attributes }: Of<'createUser'>, at: number): Outcome {
  if (nameTaken(model, attributes.userName)) return 409
  const externalId = attributes.externalId
  const before = typeof externalId === 'string' ? model.departed.get(externalId) : undefined
  const person = before ?? model.people.size
  if (before !== undefined) model.departed.delete(String(externalId))
  model.people.set(person, { id, deleted: false })
  model.users.set(id, { person, attributes, version: 1, modified: at })
  return 'done'
}

function changeUser(model: PushedModel, { id, attributes, version }: Of<'changeUser'>, at: number): Outcome {
  const user = model.users.get(id)
  if (user === undefined) return 404
  if (version !== undefined && version !== user.version) return 412
  const after = { ...user.attributes, ...attributes }
  if (sameValue(user.attributes, after)) return 'done'
  if (nameTaken(model, after.userName, id)) return 409
  Object.assign(user, { attributes: after, version: user.version + 1, modified: at })
  return 'done'
}

function deleteUser(model: PushedModel, { id, version }: Of<'deleteUser'>, at: number): Outcome {
  const user = model.users.get(id)
  if (user === undefined) return 404
  if (version !== undefined && version !== user.version) return 412
  model.users.delete(id)
  model.people.set(user.person, { id, deleted: true })
  const { externalId } = user.attributes
  if (typeof externalId === 'string') model.departed.set(externalId, user.person)
  leaveGroups(model, id, at)
  return 'done'
}

function leaveGroups(model: PushedModel, id: string, at: number): void {
  for (const group of model.groups.values()) {
    if (group.members.delete(id)) Object.assign(group, { version: group.version + 1, modified: at })
  }
}

function createGroup(model: PushedModel, { id, attributes, members }: Of<'createGroup'>, at: number): Outcome {
  const group = { attributes, version: 1, modified: at, members: new Set<string>() }
  takeSteps(group.members, members)
  model.groups.set(id, group)
  return 'done'
}

function changeGroup(model: PushedModel, { id, attributes, members, version }: Of<'changeGroup'>, at: number): Outcome {
  const group = model.groups.get(id)
  if (group === undefined) return 404
  if (version !== undefined && version !== group.version) return 412
  const before = JSON.stringify([...group.members].sort())
  takeSteps(group.members, members)
  const after = { ...group.attributes, ...attributes }
  if (sameValue(group.attributes, after) && before === JSON.stringify([...group.members].sort())) return 'done'
  Object.assign(group, { attributes: after, version: group.version + 1, modified: at })
  return 'done'
}

function deleteGroup(model: PushedModel, { id, version }: Of<'deleteGroup'>, at: number): Outcome {
  const group = model.groups.get(id)
  if (group === undefined) return 404
  if (version !== undefined && version !== group.version) return 412
  model.groups.delete(id)
  leaveGroups(model, id, at)
  return 'done'
}

function takeSteps(members: Set<string>, steps: Of<'changeGroup'>['members']): void {
  for (const step of steps) {
    if (step.kind === 'removeAll' || step.kind === 'replaceAll') members.clear()
    if (step.kind === 'remove') for (const id of step.ids) members.delete(id)
    if (step.kind === 'add' || step.kind === 'replaceAll') for (const id of step.ids) members.add(id)
  }
}

/** What a plan would see of each person and of each group: whoever differs after a change has to be marked. */
export function desiredOf(model: PushedModel): Map<string, string> {
  const desired = new Map<string, string>()
  for (const [person, { id, deleted }] of model.people) {
    const groups = [...(deleted ? [] : groupsAbove(model, id))]
      .sort()
      .map((group) => [group, model.groups.get(group)?.attributes])
    desired.set(`identity ${person}`, JSON.stringify([id, deleted, model.users.get(id)?.attributes, groups]))
  }
  for (const [id, { attributes }] of model.groups) desired.set(`sourceGroup ${id}`, JSON.stringify(attributes))
  return desired
}

function groupsAbove(model: PushedModel, id: string, seen = new Set<string>()): Set<string> {
  for (const [group, { members }] of model.groups) {
    if (!members.has(id) || seen.has(group)) continue
    seen.add(group)
    groupsAbove(model, group, seen)
  }
  return seen
}
