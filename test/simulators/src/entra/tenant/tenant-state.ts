import type { Application, AppRoleAssignment } from './application.ts'
import { type Change, type ChangeLog, createChangeLog } from './change-log.ts'
import type { DirectoryObject, GroupObject, UserObject } from './directory-object.ts'

/** Everything a tenant is. Objects are addressed by handle: their position in `objects`. */
export interface TenantState {
  readonly tenantId: string
  readonly domain: string
  readonly seed: number
  readonly objects: DirectoryObject[]
  readonly users: UserObject[]
  readonly groups: GroupObject[]
  readonly applications: Application[]
  readonly assignments: AppRoleAssignment[]
  /** Directory extensions registered in this tenant: `extension_{appId}_{name}`. */
  readonly extensionProperties: string[]
  readonly log: ChangeLog
  /** Grows when the service resets delta tokens. */
  epoch: number
}

interface SavedState extends Omit<TenantState, 'objects' | 'users' | 'groups' | 'log'> {
  readonly objects: readonly SavedObject[]
  readonly changes: readonly Change[]
}
type SavedObject =
  | Exclude<DirectoryObject, GroupObject>
  /** A member that left is kept as the complement of its handle, so that every member keeps its place. */
  | (Omit<GroupObject, 'members'> & { readonly members: readonly number[] })

export function emptyState(identity: { tenantId: string; domain: string; seed: number }): TenantState {
  return {
    ...identity,
    objects: [],
    users: [],
    groups: [],
    applications: [],
    assignments: [],
    extensionProperties: [],
    log: createChangeLog(),
    epoch: 1,
  }
}

export function insert<T extends DirectoryObject>(state: TenantState, object: T): T {
  state.objects.push(object)
  if (object.kind === 'user') state.users.push(object)
  if (object.kind === 'group') state.groups.push(object)
  return object
}

export function saveState({ users, groups, log, ...state }: TenantState): string {
  return JSON.stringify({ ...state, objects: state.objects.map(savedObject), changes: log.all() })
}

export function loadState(json: string): TenantState {
  const { objects, changes, ...saved } = JSON.parse(json) as SavedState
  const state: TenantState = { ...saved, objects: [], users: [], groups: [], log: createChangeLog([...changes]) }
  for (const object of objects) insert(state, loadedObject(object))
  return state
}

function savedObject(object: DirectoryObject): SavedObject {
  if (object.kind !== 'group') return object
  return { ...object, members: Array.from(object.members, ([handle, member]) => (member ? handle : ~handle)) }
}

function loadedObject(saved: SavedObject): DirectoryObject {
  if (saved.kind !== 'group') return saved
  const places = saved.members.map((place): [number, boolean] => [place < 0 ? ~place : place, place >= 0])
  return { ...saved, members: new Map(places) }
}
