import type { Application, Permission } from './application.ts'
import type { Directory } from './directory.ts'

const defaultAccess = '00000000-0000-0000-0000-000000000000'

/** App registrations (who may call Graph) and enterprise applications (who is assigned to what). */
export function applicationChanges(directory: Directory, now: () => Date) {
  const { state, random } = directory
  return {
    registerApplication(displayName: string, permissions: readonly Permission[], expiresAt: string): Application {
      const secret = { value: `sim~${random.guid().replaceAll('-', '')}`, expiresAt }
      const clientId = random.guid()
      const application = { clientId, displayName, secrets: [secret], certificates: [], permissions: [...permissions] }
      state.applications.push(application)
      return application
    },
    /** Adds an enterprise application; returns the object id of its service principal. */
    addEnterpriseApplication(displayName: string, appRoleAssignmentRequired = true): string {
      const appId = random.guid()
      const properties = { appId, displayName, appRoleAssignmentRequired, servicePrincipalType: 'Application' }
      return directory.add({ kind: 'servicePrincipal', properties: { accountEnabled: true, ...properties } }).id
    },
    /** Assigns a user or group to an enterprise application, with default access unless a role is given. */
    assignApplication(servicePrincipalId: string, principalId: string, appRoleId = defaultAccess): string {
      const resource = directory.get('servicePrincipal', servicePrincipalId)
      const principal = directory.find(principalId)
      if (!principal) throw new Error(`The simulated tenant has no object ${principalId}.`)
      const id = random.guid()
      const createdDateTime = now().toISOString()
      state.assignments.push({ id, principal: principal.handle, resource: resource.handle, appRoleId, createdDateTime })
      return id
    },
    unassignApplication(assignmentId: string): void {
      const at = state.assignments.findIndex(({ id }) => id === assignmentId)
      if (at < 0) throw new Error(`The simulated tenant has no assignment ${assignmentId}.`)
      state.assignments.splice(at, 1)
    },
  }
}
