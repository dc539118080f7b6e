import type { AttributeValue, SourceGroupRecord } from '../../identity/identity.ts'
import type { ExternalId } from '../../identity/ids.ts'
import { valuesHidden } from './graph-failure.ts'
import { type GraphEntity, isObject, isRemoved, malformed, textOf, type WireObject } from './wire.ts'

const attributeNames = [
  'mailNickname',
  'mail',
  'securityEnabled',
  'mailEnabled',
  'groupTypes',
  'visibility',
  'onPremisesSamAccountName',
] as const

/** Value of `$select` for one group. */
export const groupSelect = ['id', 'displayName', ...attributeNames].join(',')

export function groupRecordOf(group: GraphEntity, membersReadable: boolean): SourceGroupRecord {
  const displayName = textOf(group.displayName)
  if (displayName === undefined) throw valuesHidden('groups', 'GroupMember.Read.All')
  const attributes: Record<string, AttributeValue> = {}
  for (const name of attributeNames) {
    const value = group[name]
    if (typeof value === 'boolean' || textOf(value) !== undefined) attributes[name] = value as boolean | string
    else if (Array.isArray(value) && value.length > 0) attributes[name] = value.map(String)
  }
  return { externalId: group.id as ExternalId, displayName, membersReadable, attributes }
}

/** As for users: every group has a name, so an object without one is not whole. */
export const isWholeGroup = (group: GraphEntity): boolean => 'displayName' in group

export const isHiddenGroup = (group: GraphEntity): boolean => group.visibility === 'HiddenMembership'

/** What one slice of a group says about its edges. */
export interface MemberSlice {
  readonly identities: readonly ExternalId[]
  readonly groups: readonly ExternalId[]
  readonly removed: readonly ExternalId[]
}

/** `undefined` when the object says nothing about members: unchanged, or a group without any. */
export function memberSliceOf(group: GraphEntity): MemberSlice | undefined {
  const entries = group['members@delta']
  if (entries === undefined) return undefined
  if (!Array.isArray(entries)) throw malformed('has members that are no list')
  const identities: ExternalId[] = []
  const groups: ExternalId[] = []
  const removed: ExternalId[] = []
  for (const entry of entries) {
    const id = memberIdOf(entry)
    if (isRemoved(entry)) removed.push(id)
    else if (entry['@odata.type'] === '#microsoft.graph.user') identities.push(id)
    else if (entry['@odata.type'] === '#microsoft.graph.group') groups.push(id)
    // Devices, service principals and contacts are members too, and nobody to provision.
  }
  return { identities, groups, removed }
}

function memberIdOf(entry: WireObject): ExternalId {
  if (isObject(entry) && typeof entry.id === 'string' && entry.id !== '') return entry.id as ExternalId
  throw malformed('has a member without an id')
}
