import type { AttributeValue } from '../../identity/identity.ts'
import type { Instant } from '../../identity/ids.ts'
import type { Exception } from '../exceptions.ts'
import type { Reason } from '../operation.ts'
import type { Obstacle } from './explanation.ts'

const day = (at: Instant) => new Date(at).toISOString().slice(0, 10)

const obstacle = (code: string, message: string, remedy: string): Obstacle => ({ code, message, remedy })

/** What keeps something away and is no finding of a plan, because it is as the administrator said. */
export const obstacles = {
  deleted: (at: Instant) =>
    obstacle(
      'deletedAtProvider',
      `The identity provider says that this person was deleted; known since ${day(at)}.`,
      'Restore the person at the identity provider.',
    ),
  missing: (at: Instant) =>
    obstacle(
      'notInReading',
      `The complete readings since ${day(at)} are without this person.`,
      'Restore the person at the identity provider, or let the connection read them: look at its search base and filter.',
    ),
  disabled: obstacle(
    'disabledAtProvider',
    'The person is disabled at the identity provider, and the user policy follows that (users/followEnabled).',
    'Enable the person at the identity provider.',
  ),
  inactive: obstacle(
    'inactive',
    'The person is disabled at the identity provider: nobody is given an account while disabled.',
    'Enable the person at the identity provider.',
  ),
  guest: obstacle(
    'guest',
    'The person is a guest, and the provisioning scope excludes guests.',
    'Include guests in the scope of the connection, or make the person a member at the identity provider.',
  ),
  notChosen: obstacle(
    'notInScope',
    'The person is in no group and assigned to no application of the provisioning scope.',
    'Add the person to a group or application of the scope at the identity provider, or widen the scope of the connection.',
  ),
  filtered: (filter: string) =>
    obstacle(
      'filtered',
      `The filter of the user policy is false for this person (users/filter: ${filter}).`,
      'Change what the filter reads at the identity provider, or the filter.',
    ),
  creationOff: obstacle(
    'creationOff',
    'The user policy creates no accounts (users/create), and there is none that this person may have.',
    'Switch the creation of accounts on, or create the account in the product so that it can be adopted.',
  ),
  staysInactive: obstacle(
    'staysInactive',
    'The account was deactivated by somebody else, and the user policy does not follow who is enabled (users/followEnabled).',
    'Activate the account in the product, or switch users/followEnabled on.',
  ),
  leftAlone: obstacle(
    'leftAlone',
    'The user policy provisions groups only (users/accounts: leaveAlone), so the account stays as the product has it.',
    'Change the account in its directory, or let the user policy provision accounts.',
  ),
  noAccount: ({ message, remedy }: Obstacle) =>
    obstacle('noAccount', `The person has no active account: ${message}`, remedy),
  taken: (reason: Reason, message: string) => obstacle(reason.kind, `${message}.`, remedyOf(reason)),
  excepted: ({ by, reason, until }: Exception) =>
    obstacle(
      'excepted',
      `${by} said to leave it alone${until === undefined ? '' : ` until ${new Date(until).toISOString()}`}: ${reason}`,
      'Remove the exception when it is not needed any more.',
    ),
  updateOff: obstacle(
    'updateOff',
    'The user policy does not update accounts (users/update), so it stays as it was first written.',
    'Switch users/update on, or change it in the product.',
  ),
  knownByEmail: obstacle(
    'knownByEmail',
    'The product knows its accounts by their address and has no user names to change.',
    'Nothing has to be done.',
  ),
  hidden: obstacle(
    'hidden',
    'The owner of the account hides the address, so it cannot be compared.',
    'Nothing has to be done; whoever owns the account can show the address.',
  ),
  notShown: obstacle(
    'notShown',
    'The product shows no address of the account and has no call to change one, so nobody knows whether it differs.',
    'Compare it in the product and change it there, or give the target a Crowd connection.',
  ),
  suffixed: (wanted: string) =>
    obstacle(
      'recycledName',
      `Somebody who left has the name ${wanted}, so the account was created under another one, which it keeps.`,
      'Rename or delete the old account in the product, then rename this one there.',
    ),
  noValue: obstacle(
    'missingAttribute',
    'The policy makes nothing of what the identity provider has here, so the account keeps what it has.',
    'Fill in the attribute at the identity provider, or change the expression.',
  ),
  leftAsIs: ({ message, remedy }: Obstacle) =>
    obstacle('leftAsIs', `Nothing is changed on the account: ${message}`, remedy),
  leavingSoon: (why: string) =>
    obstacle(
      'leaves',
      `The person leaves and is given nothing any more. ${why}`,
      'Bring the person back at the identity provider.',
    ),
  groupsOff: obstacle(
    'groupsOff',
    'The group policy is switched off (groups/mode: off), so nobody is given groups because of source groups.',
    'Choose manual or on-the-fly groups in the policy.',
  ),
  groupNotMapped: (group: string) =>
    obstacle(
      'groupNotMapped',
      `No mapping of the group policy gives ${group} (groups/mappings).`,
      'Add a mapping from a source group to it.',
    ),
  groupUnknown: (group: string) =>
    obstacle(
      'groupUnknown',
      `No group of the identity provider is called ${group}, or becomes ${group} by the rename rule (groups/rename).`,
      'Create the group at the identity provider, or correct the name.',
    ),
  groupDeleted: (group: string) =>
    obstacle(
      'groupDeleted',
      `The source group ${group} was deleted at the identity provider.`,
      'Restore the group at the identity provider, or map another one.',
    ),
  groupNotMatching: (group: string, pattern: string) =>
    obstacle(
      'groupNotMatching',
      `The source group ${group} does not match the pattern of the group policy (groups/matching: ${pattern}).`,
      'Change the pattern, or the name of the group.',
    ),
  groupNotIncluded: (group: string, include: readonly string[]) =>
    obstacle(
      'groupNotIncluded',
      `The group policy names the groups that it includes, and ${group} is none of them (groups/include: ${include.join(', ')}).`,
      'Add the group to groups/include.',
    ),
  notInSourceGroup: (group: string, sources: readonly string[]) =>
    obstacle(
      'notInSourceGroup',
      `The person is in none of the source groups that give ${group}, nor in a group within them: ${sources.join(', ')}.`,
      'Add the person to one of them at the identity provider.',
    ),
  newUsersOnly: (group: string) =>
    obstacle(
      'newUsersOnly',
      `${group} is a default group for new users only (groups/defaultGroups/newUsers): it is given once, to accounts that were created.`,
      'Add the person to the group in the product, or make it a default group for all users.',
    ),
} as const

const remedies: Partial<Record<Reason['kind'], string>> = {
  disabledAtProvider: 'Enable the person at the identity provider.',
  deletedAtProvider: 'Restore the person at the identity provider.',
  outOfScope:
    'Bring the person back into the scope or past the filter, or let the user policy keep people out of scope.',
  noLongerInSourceGroup: 'Add the person to a source group that gives this group.',
  recycledName: 'Let the user policy treat recycled names in another way (users/recycledName).',
  undo: 'Do not apply the plan that takes it back.',
}

const remedyOf = ({ kind, ...reason }: Reason): string => {
  if ('rule' in reason) return `Switch groups/${reason.rule} on, or bring it about at the identity provider.`
  return remedies[kind] ?? 'Change it at the identity provider.'
}

/** An attribute of the identity provider as text. */
export const asText = (value: AttributeValue | undefined): string | undefined =>
  value === undefined ? undefined : typeof value === 'object' ? value.join('; ') : String(value)
