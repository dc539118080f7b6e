import { nameKey } from '../../identity/name-key.ts'
import type { Operation } from '../operation.ts'
import {
  asBefore,
  changedSince,
  type Inverse,
  type Invert,
  managed,
  notManaged,
  refOf,
  takeBack,
  type Undoing,
} from './inverse.ts'
import type { UndoAccount } from './undo-world.ts'

/** Back to who led it before, who has to be active for that. */
export const invertProjectLead: Invert<'reassignProjectLead'> = (operation, undoing) => {
  const { project, identity } = operation
  const thing = { key: `project ${project.key}`, shown: `project ${project.name}` }
  return giveBack(operation, undoing, thing, (account, lead) => ({
    kind: 'reassignProjectLead',
    identity,
    account: refOf(account),
    project,
    after: { lead },
    reasons: undoing.reasons,
  }))
}

export const invertComponentLead: Invert<'reassignComponentLead'> = (operation, undoing) => {
  const { component, identity } = operation
  const thing = { key: `component ${component.id}`, shown: `component ${component.name} of ${component.projectKey}` }
  return giveBack(operation, undoing, thing, (account, lead) => ({
    kind: 'reassignComponentLead',
    identity,
    account: refOf(account),
    component,
    after: { lead },
    reasons: undoing.reasons,
  }))
}

type Reassignment = Parameters<Invert<'reassignProjectLead'>>[0] | Parameters<Invert<'reassignComponentLead'>>[0]

function giveBack(
  operation: Reassignment,
  undoing: Undoing,
  { key, shown }: { readonly key: string; readonly shown: string },
  inverse: (account: UndoAccount, lead: string) => Reassignment,
): Inverse {
  const { world, undid } = undoing
  const account = managed(operation, undoing)
  if (account === undefined) return notManaged(operation.account.name)
  const lead = world.leads.get(key)
  const given = world.names.get(nameKey(operation.after.lead))
  // An undo gave it back to the account, and whoever had it in between is in what that undo took back.
  const between = undid && isReassignment(undid) ? undid.after.lead : undefined
  const former = between === undefined ? account : world.names.get(nameKey(between))
  if (lead === undefined) return changedSince(`The ${shown} has no lead, or is gone.`)
  if (lead === former?.key) return asBefore
  if (lead !== given?.key) return changedSince(`The ${shown} has another lead by now.`)
  if (!former?.active) return changedSince(`${between ?? account.name}, who led the ${shown}, is not active.`)
  return takeBack([inverse(account, former.name)], () => {
    if (former.key === undefined) world.leads.delete(key)
    else world.leads.set(key, former.key)
  })
}

const isReassignment = (operation: Operation): operation is Reassignment =>
  operation.kind === 'reassignProjectLead' || operation.kind === 'reassignComponentLead'
