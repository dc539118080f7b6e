import { startEntraSimulator } from './entra/entra-simulator.ts'
import { createTenant } from './entra/tenant/tenant.ts'
import { admin, createJira } from './jira/create-jira.ts'
import { startJiraSimulator } from './jira/jira-simulator.ts'

export interface SimulatorSize {
  readonly port: number
  readonly users: number
  readonly groups: number
  readonly memberships?: number
  readonly seed: number
}

export interface RunningSimulator {
  /** What somebody needs to point a client at it, in the order to show it. */
  readonly facts: Readonly<Record<string, string>>
  close(): Promise<void>
}

interface Simulator {
  readonly description: string
  start(size: SimulatorSize): Promise<RunningSimulator>
}

/** Every simulator that can be started from the command line. */
export const simulators = {
  entra: {
    description: 'Microsoft Entra ID: a tenant with its token endpoint and Microsoft Graph v1.0',
    async start({ port, ...size }) {
      const { loginUrl, graphUrl, tenant, close } = await startEntraSimulator({
        port,
        tenant: createTenant({ ...size, nested: size.groups / 20 }),
      })
      const { clientId, secrets } = tenant.application
      const clientSecret = secrets[0]?.value ?? ''
      return {
        facts: {
          'Login URL': loginUrl,
          'Graph URL': graphUrl,
          'Tenant ID': tenant.tenantId,
          'Client ID': clientId,
          'Client secret': clientSecret,
        },
        close,
      }
    },
  },
  jira: {
    description: 'Jira Data Center: its REST API',
    async start({ port, ...size }) {
      const { url, close } = await startJiraSimulator({ port, jira: createJira(size) })
      return { facts: { URL: url, User: admin.name, Password: admin.password, Token: admin.token }, close }
    },
  },
} as const satisfies Record<string, Simulator>
