import type { ExternalId } from '../../identity/ids.ts'
import { describeSource } from '../conformance.ts'
import { startSimulatedTenant } from './testing/simulated-tenant.ts'

describeSource('Entra ID by Microsoft Graph', async () => {
  const world = await startSimulatedTenant()
  const { tenant, faults } = world.simulator
  return {
    source: world.open({ scope: { groups: [], applications: ['Jira'] } }),
    intruder: world.open({ clientSecret: 'guessed' }),
    addPerson: (displayName) => tenant.addUser({ displayName, mail: 'someone@example.com' }) as ExternalId,
    renamePerson: (id, displayName) => tenant.updateUser(id, { displayName }),
    setActive: (id, active) => tenant.updateUser(id, { accountEnabled: active }),
    deletePerson: (id) => tenant.softDelete(id),
    addGroup: (displayName) => tenant.addGroup({ displayName }) as ExternalId,
    deleteGroup: (id) => tenant.deleteGroup(id),
    addMember: (group, member) => tenant.addMember(group, member),
    removeMember: (group, member) => tenant.removeMember(group, member),
    breakDown: () => faults.add({ fault: { kind: 'cutShort' }, match: /delta/, times: Number.POSITIVE_INFINITY }),
    forgetCursors: () => tenant.resetDeltaTokens(),
    close: world.close,
  }
})
