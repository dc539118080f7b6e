import { assertNever } from '../identity/assert-never.ts'
import type { Instant } from '../identity/ids.ts'
import type { Reason } from './operation.ts'

/** Why, as one sentence: "Member of Platform, which is in Engineering". */
export function describeReason(reason: Reason): string {
  switch (reason.kind) {
    case 'newIdentity':
      return 'New at the identity provider'
    case 'attributeChanged':
      return `Changed at the identity provider: ${reason.attributes.map((attribute) => attributeNames[attribute]).join(', ')}`
    case 'disabledAtProvider':
      return 'Disabled at the identity provider'
    case 'enabledAtProvider':
      return 'Enabled at the identity provider'
    case 'deletedAtProvider':
      return `Gone from the identity provider since ${day(reason.since)}`
    case 'outOfScope':
      return `Out of the provisioning scope since ${day(reason.since)}`
    case 'returned':
      return 'Back, or enabled again, at the identity provider'
    case 'matched':
      return reason.by === 'email' ? 'The e-mail address is the same' : 'The user name is the same'
    case 'sourceGroup':
      return describePath(reason.path)
    case 'defaultGroup':
      return reason.audience === 'newUsers' ? 'Default group for new users' : 'Default group for all users'
    case 'noLongerInSourceGroup':
      return 'No longer in a source group that gives this group'
    case 'notKept':
      return reason.rule === 'keepExistingMembers'
        ? 'The policy does not keep existing members of mapped groups'
        : 'The policy does not keep groups that the identity provider does not give'
    case 'unclaimedMember':
      return 'No connection manages this person, and the policy removes such people'
    case 'leadOfLeaver':
      return `${reason.leader} leaves`
    case 'groupNeeded':
      return `Needed by members of the source group ${reason.sourceGroup}`
    case 'groupUnbound':
      return `Its source group has been gone since ${day(reason.since)}`
    case 'freesName':
      return `Frees the name ${reason.name} for somebody else`
    case 'emulatesDeactivation':
      return 'The product cannot deactivate accounts: the groups that grant a licence stand in for it'
    case 'undo':
      return `Takes back what run ${reason.run} did`
    case 'nestedAtProvider':
      return `${reason.child} is in ${reason.parent} at the identity provider`
    case 'noLongerNested':
      return 'No longer nested at the identity provider'
    case 'recycledName':
      return `The name ${reason.name} is that of somebody who left, and the policy says what becomes of it`
    case 'customAttribute':
      return 'A custom attribute changed'
    default:
      return assertNever(reason)
  }
}

const attributeNames = { name: 'user name', email: 'e-mail', displayName: 'display name' } as const

const day = (instant: Instant) => new Date(instant).toISOString().slice(0, 10)

function describePath([direct, ...upper]: readonly string[]): string {
  if (direct === undefined) return 'Member of a source group'
  return upper.reduce((path, group) => `${path}, which is in ${group}`, `Member of ${direct}`)
}
