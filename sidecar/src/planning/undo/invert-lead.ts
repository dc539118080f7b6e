import { nameKey } from '../../identity/name-key.ts'
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
  return giveBack(operation, undoing, thing, (account) => ({
    kind: 'reassignProjectLead',
    identity,
    account: refOf(account),
    project,
    after: { lead: account.name },
    reasons: undoing.reasons,
  }))
}

export const invertComponentLead: Invert<'reassignComponentLead'> = (operation, undoing) => {
  const { component, identity } = operation
  const thing = { key: `component ${component.id}`, shown: `component ${component.name} of ${component.projectKey}` }
  return giveBack(operation, undoing, thing, (account) => ({
    kind: 'reassignComponentLead',
    identity,
    account: refOf(account),
    component,
    after: { lead: account.name },
    reasons: undoing.reasons,
  }))
}

type Reassignment = Parameters<Invert<'reassignProjectLead'>>[0] | Parameters<Invert<'reassignComponentLead'>>[0]

function giveBack(
  operation: Reassignment,
  undoing: Undoing,
  { key, shown }: { readonly key: string; readonly shown: string },
  inverse: (account: UndoAccount) => Reassignment,
): Inverse {
  const { world } = undoing
  const account = managed(operation, undoing)
  if (account === undefined) return notManaged(operation.account.name)
  const lead = world.leads.get(key)
  const given = world.names.get(nameKey(operation.after.lead))
  if (lead === undefined) return changedSince(`The ${shown} has no lead, or is gone.`)
  if (lead === account.key) return asBefore
  if (lead !== given?.key) return changedSince(`The ${shown} has another lead by now.`)
  if (!account.active) return changedSince(`${account.name}, who led the ${shown}, is not active.`)
  const { key: former } = account
  return takeBack([inverse(account)], () => {
    if (former === undefined) world.leads.delete(key)
    else world.leads.set(key, former)
  })
}
