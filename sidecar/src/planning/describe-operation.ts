import { assertNever } from '../identity/assert-never.ts'
import type { GroupRef, Operation } from './operation.ts'

/** What an operation does, as one sentence without its subject's pronouns: "Add ada to the group jira-users". */
export function describeOperation(operation: Operation): string {
  switch (operation.kind) {
    case 'createUser':
      return `Create the account ${operation.after.name} (${operation.after.displayName}, ${operation.after.email})`
    case 'adoptAccount':
      return operation.from === undefined
        ? `Take over the existing account ${operation.before.name} (${operation.before.displayName})`
        : `Take over the account ${operation.before.name} (${operation.before.displayName}) of somebody who left`
    case 'releaseAccount':
      return operation.to === undefined
        ? `No longer manage the account ${operation.account.name}`
        : `Hand the account ${operation.account.name} over to somebody new`
    case 'updateUser':
      return `Update ${operation.account.name}: ${describeChanges(operation)}`
    case 'renameUser':
      return operation.temporary
        ? `Rename ${operation.before.name} to ${operation.after.name} for a moment`
        : `Rename ${operation.before.name} to ${operation.after.name}`
    case 'activateUser':
      return `Activate ${operation.account.name}`
    case 'deactivateUser':
      return `Deactivate ${operation.account.name}`
    case 'revokeAccess':
      return `Take all access from ${operation.account.name}, in place of deactivating: ${listedNames(operation.groups)}`
    case 'restoreAccess':
      return operation.groups.length === 0
        ? `Let ${operation.account.name} have access again, in place of activating`
        : `Give access back to ${operation.account.name}, in place of activating: ${listedNames(operation.groups)}`
    case 'deleteUser':
      return `Delete the account ${operation.before.name} (${operation.before.displayName})`
    case 'setAttributes':
      return `Set the attributes ${listed(Object.keys(operation.after))} of ${operation.account.name}`
    case 'addMember':
      return `Add ${operation.account.name} to the group ${operation.group.name}`
    case 'removeMember':
      return `Remove ${operation.account.name} from the group ${operation.group.name}`
    case 'removeUnclaimed':
      return `Remove ${operation.account.name}, whom no connection manages, from the group ${operation.group.name}`
    case 'returnUnclaimed':
      return `Put ${operation.account.name}, whom no connection manages, back into the group ${operation.group.name}`
    case 'adoptMemberships':
      return `Manage the memberships of ${operation.account.name} in ${listedNames(operation.groups)}`
    case 'releaseMemberships':
      return `No longer manage the memberships of ${operation.account.name} in ${listed(operation.groups.map(({ name }) => name))}`
    case 'reassignProjectLead':
      return `Make ${operation.after.lead} lead of the project ${operation.project.name} (${operation.project.key})`
    case 'reassignComponentLead':
      return `Make ${operation.after.lead} lead of the component ${operation.component.name} of ${operation.component.projectKey}`
    case 'createGroup':
      return `Create the group ${operation.group.name}`
    case 'bindGroup':
      return `Tie the group ${operation.group.name} to its source group`
    case 'unbindGroup':
      return `No longer tie the group ${operation.group.name} to its source group`
    case 'addChildGroup':
      return `Put the group ${operation.child.name} into the group ${operation.group.name}`
    case 'removeChildGroup':
      return `Take the group ${operation.child.name} out of the group ${operation.group.name}`
    case 'deleteGroup':
      return `Delete the group ${operation.group.name}`
    default:
      return assertNever(operation)
  }
}

function describeChanges({ before, after }: Extract<Operation, { kind: 'updateUser' }>): string {
  const changes = []
  if (after.email !== undefined) changes.push(`e-mail from ${shown(before.email)} to ${after.email}`)
  if (after.displayName !== undefined) {
    changes.push(`display name from ${shown(before.displayName)} to ${after.displayName}`)
  }
  return changes.join(', ')
}

const shown = (value: string) => (value === '' ? 'nothing' : value)

const listedNames = (groups: readonly GroupRef[]) => listed(groups.map(({ name }) => name))

const listed = (names: readonly string[]) => (names.length === 0 ? 'none' : names.join(', '))
