import type { ProductClient } from '../data-center/product-client.ts'
import type { Target, TargetKind } from '../target.ts'
import { TargetError } from '../target-error.ts'
import type { OpenOptions } from '../throttling.ts'
import { createAcceptWrite } from './accept-write.ts'
import { createAttributeWrites } from './attribute-writes.ts'
import { checkCrowd } from './check-crowd.ts'
import { createCrowdClient } from './crowd-client.ts'
import { createCrowdMemory } from './crowd-memory.ts'
import { crowdProblems } from './crowd-problems.ts'
import { CrowdConnection } from './crowd-settings.ts'
import { describeCrowd } from './describe-crowd.ts'
import { findUser, groupsOfUser, presentUser } from './find-user.ts'
import { createGroupWrites } from './group-writes.ts'
import { listMemberKeys } from './list-crowd.ts'
import { observeCrowd } from './observe-crowd.ts'
import { createUserWrites } from './user-writes.ts'

/** Crowd Data Center, and Jira Data Center by its Crowd-compatible user server. */
export const crowdTarget = {
  kind: 'crowd',
  label: 'Crowd (Data Center), or Jira as a Crowd server',
  settings: CrowdConnection,
  open: openCrowd,
} satisfies TargetKind<CrowdConnection>

function openCrowd(settings: CrowdConnection, options: OpenOptions = {}): Target {
  return crowdTargetOf(createCrowdClient(settings, options), settings)
}

/** The target on a client that is open already: a product with the Crowd way reads by the same one. */
export function crowdTargetOf(client: ProductClient, settings: CrowdConnection): Target {
  const memory = createCrowdMemory()
  const accept = createAcceptWrite(memory)
  const users = createUserWrites(client, accept)
  const groups = createGroupWrites(client, accept, memory)
  return {
    describe: (signal) => describeCrowd(client, settings, memory, signal),
    check: (signal) => checkCrowd(client, settings, signal),
    observe: (signal) => observeCrowd(client, signal),
    findAccount: async (by, signal) => (await findUser(client, by, signal))?.account,
    groupsOf: async (key, signal) => groupsOfUser(client, (await presentUser(client, { key }, signal)).name, signal),
    membersOf: (group, signal) => listMemberKeys(client, group, signal),
    readLeads: () => Promise.resolve([]),
    createAccount: users.create,
    updateAccount: users.update,
    renameAccount: users.rename,
    activateAccount: users.activate,
    deactivateAccount: users.deactivate,
    deleteAccount: users.delete,
    setAttributes: createAttributeWrites(client, accept),
    createGroup: groups.create,
    deleteGroup: groups.delete,
    addMember: groups.addMember,
    removeMember: groups.removeMember,
    reassignLead: () => Promise.reject(noLeads()),
    nesting: groups.nesting,
    close: () => client.close(),
  }
}

const noLeads = () => new TargetError(crowdProblems.crowd_no_leads, 'denied', 'Crowd knows no projects and components.')
