import { startBitbucketSimulator } from './bitbucket/bitbucket-simulator.ts'
import { bitbucketVersions } from './bitbucket/bitbucket-version.ts'
import { admin as bitbucketAdmin, createBitbucket } from './bitbucket/create-bitbucket.ts'
import { startConfluenceSimulator } from './confluence/confluence-simulator.ts'
import { confluenceVersions } from './confluence/confluence-version.ts'
import { admin as confluenceAdmin, createConfluence } from './confluence/create-confluence.ts'
import { createCrowd } from './crowd/create-crowd.ts'
import { application } from './crowd/crowd.ts'
import { startCrowdSimulator } from './crowd/crowd-simulator.ts'
import { crowdVersions } from './crowd/crowd-version.ts'
import { mountCrowd } from './crowd/mount-crowd.ts'
import { startEntraSimulator } from './entra/entra-simulator.ts'
import { createTenant } from './entra/tenant/tenant.ts'
import { admin, createJira } from './jira/create-jira.ts'
import { startJiraSimulator } from './jira/jira-simulator.ts'
import { jiraVersions } from './jira/jira-version.ts'
import { startCloudSimulator } from './jira-cloud/cloud-simulator.ts'
import { admin as cloudAdmin, createCloud } from './jira-cloud/create-cloud.ts'

export interface SimulatorSize {
  readonly port: number
  readonly users: number
  readonly groups: number
  readonly memberships?: number
  readonly seed: number
  /** Of the product, where there are several; the one that its simulator takes for usual without it. */
  readonly version?: string
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
  crowd: {
    description: 'Crowd: its user server for applications, /rest/usermanagement/1',
    async start({ port, version, ...size }) {
      const known = version === undefined ? {} : { version: oneOf(crowdVersions, version) }
      const crowd = createCrowd({ ...size, ...known })
      const { url, close } = await startCrowdSimulator({ port, contextPath: '/crowd', crowd })
      return { facts: { URL: url, Application: application.name, Password: application.password }, close }
    },
  },
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
    description: 'Jira Data Center: its REST API, and its user server for applications',
    async start({ port, version, ...size }) {
      const known = version === undefined ? {} : { version: oneOf(jiraVersions, version) }
      const jira = createJira({ ...size, ...known })
      const { url, close } = await startJiraSimulator({ port, jira, mounted: [mountCrowd(jira)] })
      const facts = { URL: url, User: admin.name, Password: admin.password, Token: admin.token }
      return { facts: { ...facts, Application: application.name, 'App password': application.password }, close }
    },
  },
  bitbucket: {
    description: 'Bitbucket Data Center: its REST API',
    async start({ port, version, ...size }) {
      const known = version === undefined ? {} : { version: oneOf(bitbucketVersions, version) }
      const bitbucket = createBitbucket({ ...size, ...known })
      const { url, close } = await startBitbucketSimulator({ port, bitbucket })
      return { facts: { URL: url, User: bitbucketAdmin.name, Password: bitbucketAdmin.password }, close }
    },
  },
  'jira-cloud': {
    description: 'Jira Cloud: the REST API v3 of a site, and the API of its organization for managed accounts',
    async start({ port, users, groups, memberships, seed }) {
      const cloud = createCloud({ users, groups, seed, ...(memberships !== undefined && { memberships }) })
      const { url, organizationUrl, close } = await startCloudSimulator({ port, cloud })
      const { email, token, organizationKey } = cloudAdmin
      const facts = { URL: url, User: email, Token: token, 'API URL': organizationUrl }
      return { facts: { ...facts, 'API key': organizationKey }, close }
    },
  },
  confluence: {
    description: 'Confluence Data Center: its REST API',
    async start({ port, version, ...size }) {
      const known = version === undefined ? {} : { version: oneOf(confluenceVersions, version) }
      const confluence = createConfluence({ ...size, ...known })
      const { url, close } = await startConfluenceSimulator({ port, confluence })
      const { name, password, token } = confluenceAdmin
      return { facts: { URL: url, User: name, Password: password, Token: token }, close }
    },
  },
} as const satisfies Record<string, Simulator>

function oneOf<T extends string>(known: readonly T[], asked: string): T {
  const found = known.find((each) => each === asked)
  if (found === undefined) throw new Error(`There is no version ${asked}, but ${known.join(', ')}`)
  return found
}
