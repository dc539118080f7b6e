import { startBitbucketSimulator } from '@rollcall/simulators/bitbucket/bitbucket-simulator'
import { admin as bitbucketAdmin, createBitbucket } from '@rollcall/simulators/bitbucket/create-bitbucket'
import { loadBitbucket, saveBitbucket } from '@rollcall/simulators/bitbucket/saved-bitbucket'
import { startConfluenceSimulator } from '@rollcall/simulators/confluence/confluence-simulator'
import type { ConfluenceVersion } from '@rollcall/simulators/confluence/confluence-version'
import { admin as confluenceAdmin, createConfluence } from '@rollcall/simulators/confluence/create-confluence'
import { loadConfluence, saveConfluence } from '@rollcall/simulators/confluence/saved-confluence'
import { createCrowd } from '@rollcall/simulators/crowd/create-crowd'
import { application } from '@rollcall/simulators/crowd/crowd'
import { startCrowdSimulator } from '@rollcall/simulators/crowd/crowd-simulator'
import { mountCrowd } from '@rollcall/simulators/crowd/mount-crowd'
import { loadCrowd, saveCrowd } from '@rollcall/simulators/crowd/saved-crowd'
import type { Server, ServerOptions } from '@rollcall/simulators/data-center/server'
import type { SiteState } from '@rollcall/simulators/data-center/settings'
import { createJira, admin as jiraAdmin } from '@rollcall/simulators/jira/create-jira'
import { startJiraSimulator } from '@rollcall/simulators/jira/jira-simulator'
import { loadJira, saveJira } from '@rollcall/simulators/jira/saved-jira'
import { startCloudSimulator } from '@rollcall/simulators/jira-cloud/cloud-simulator'
import { admin as cloudAdmin, createCloud } from '@rollcall/simulators/jira-cloud/create-cloud'
import { loadCloud, saveCloud } from '@rollcall/simulators/jira-cloud/saved-cloud'
import { changeCloud, changeCrowd, changeSite, type ProductChanges } from './product-changes.ts'
import { cloudState, crowdState, jiraState, type ProductState, siteState } from './product-state.ts'

type Part = Readonly<Record<string, unknown>>

export interface ProductOptions extends ServerOptions {
  /** What `save` of the same product gave; without it there is nobody but the administrator. */
  readonly saved?: string
  /** The product serves its own people as a Crowd does, and the target has that connection beside its REST. */
  readonly crowdWay?: boolean
  readonly confluenceVersion?: ConfluenceVersion
  /** Whose addresses the organization of Jira Cloud manages; `example.com` without it. */
  readonly domain?: string
  /** A site of Jira Cloud without the key of its organization. */
  readonly siteOnly?: boolean
}

/** A simulated product behind the face that all of them have. */
export interface Product {
  readonly kind: ProductKind
  readonly server: Server
  /** Settings of a target on it; secrets are references to the environment. */
  readonly settings: Part
  readonly secrets: Readonly<Record<string, string>>
  readonly administratorGroups: readonly string[]
  state(): ProductState
  /** What somebody does in it behind our back. */
  readonly change: ProductChanges
  save(): string
  /** Whether it answers with anything but 503. */
  setRunning(running: boolean): void
}

export const productLabels = {
  jira: 'Jira',
  confluence: 'Confluence',
  bitbucket: 'Bitbucket',
  crowd: 'Crowd',
  jiraCloud: 'Jira Cloud',
} as const
export type ProductKind = keyof typeof productLabels
export const productKinds = Object.keys(productLabels) as readonly ProductKind[]

const runningOf =
  ({ settings }: { readonly settings: { state: SiteState } }) =>
  (is: boolean): void => {
    settings.state = is ? 'RUNNING' : 'MAINTENANCE'
  }
const beside = (use: boolean | undefined, url: string): Part =>
  use ? { crowd: { url, application: application.name, password: '${PRODUCT_CROWD_PASSWORD}' } } : {}
const crowdSecret = { PRODUCT_CROWD_PASSWORD: application.password }

const starts: Readonly<Record<ProductKind, (options: ProductOptions) => Promise<Product>>> = {
  async jira({ saved, crowdWay, ...options }) {
    const jira = saved === undefined ? createJira({ version: '10.3-late' }) : loadJira(JSON.parse(saved))
    const mounted = crowdWay ? [mountCrowd(jira)] : []
    const server = await startJiraSimulator({ jira, mounted, ...options })
    const credentials = { method: 'pat', token: '${PRODUCT_JIRA_TOKEN}' }
    return {
      kind: 'jira',
      server,
      settings: { url: server.url, credentials, ...beside(crowdWay, server.url) },
      secrets: { PRODUCT_JIRA_TOKEN: jiraAdmin.token, ...crowdSecret },
      administratorGroups: ['jira-administrators'],
      state: () => jiraState(jira, mounted[0]),
      change: { ...changeSite(jira), addProject: jira.change.addProject },
      save: () => JSON.stringify(saveJira(jira)),
      setRunning: runningOf(jira),
    }
  },

  async confluence({ saved, crowdWay, confluenceVersion: version = '10', ...options }) {
    const confluence = saved === undefined ? createConfluence({ version }) : loadConfluence(JSON.parse(saved))
    const mounted = crowdWay ? [mountCrowd(confluence)] : []
    const server = await startConfluenceSimulator({ confluence, mounted, ...options })
    const credentials = { method: 'pat', token: '${PRODUCT_CONFLUENCE_TOKEN}' }
    return {
      kind: 'confluence',
      server,
      settings: { url: server.url, credentials, ...beside(crowdWay, server.url) },
      secrets: { PRODUCT_CONFLUENCE_TOKEN: confluenceAdmin.token, ...crowdSecret },
      administratorGroups: [confluence.settings.superGroup],
      state: () => siteState(confluence, mounted[0]),
      change: changeSite(confluence),
      save: () => JSON.stringify(saveConfluence(confluence)),
      setRunning: runningOf(confluence),
    }
  },

  async bitbucket({ saved, crowdWay, ...options }) {
    const bitbucket = saved === undefined ? createBitbucket() : loadBitbucket(JSON.parse(saved))
    const mounted = crowdWay ? [mountCrowd(bitbucket)] : []
    const server = await startBitbucketSimulator({ bitbucket, mounted, ...options })
    const credentials = { method: 'basic', username: bitbucketAdmin.name, password: '${PRODUCT_BITBUCKET_PASSWORD}' }
    return {
      kind: 'bitbucket',
      server,
      settings: { url: server.url, credentials, ...beside(crowdWay, server.url) },
      secrets: { PRODUCT_BITBUCKET_PASSWORD: bitbucketAdmin.password, ...crowdSecret },
      administratorGroups: ['stash-administrators'],
      state: () => siteState(bitbucket, mounted[0]),
      change: changeSite(bitbucket),
      save: () => JSON.stringify(saveBitbucket(bitbucket)),
      setRunning: runningOf(bitbucket),
    }
  },

  async crowd({ saved, ...options }) {
    const crowd = saved === undefined ? createCrowd() : loadCrowd(JSON.parse(saved))
    const server = await startCrowdSimulator({ crowd, contextPath: '/crowd', ...options })
    return {
      kind: 'crowd',
      server,
      settings: { url: server.url, application: application.name, password: '${PRODUCT_CROWD_PASSWORD}' },
      secrets: crowdSecret,
      administratorGroups: ['crowd-administrators'],
      state: () => crowdState(crowd),
      change: changeCrowd(crowd),
      save: () => JSON.stringify(saveCrowd(crowd)),
      setRunning: runningOf(crowd),
    }
  },

  async jiraCloud({ saved, siteOnly = false, domain = 'example.com', ...options }) {
    const cloud = saved === undefined ? createCloud({ verifiedDomains: [domain] }) : loadCloud(JSON.parse(saved))
    const server = await startCloudSimulator({ cloud, ...options })
    const organization = { apiKey: '${PRODUCT_CLOUD_KEY}', url: server.organizationUrl }
    return {
      kind: 'jiraCloud',
      server,
      settings: {
        url: server.url,
        adminEmail: cloudAdmin.email,
        apiToken: '${PRODUCT_CLOUD_TOKEN}',
        ...(!siteOnly && { organization }),
      },
      secrets: { PRODUCT_CLOUD_TOKEN: cloudAdmin.token, PRODUCT_CLOUD_KEY: cloudAdmin.organizationKey },
      administratorGroups: ['site-admins', 'jira-administrators'],
      state: () => cloudState(cloud),
      change: { ...changeCloud(cloud), addProject: cloud.change.addProject },
      save: () => JSON.stringify(saveCloud(cloud)),
      // A site has no state of its own: what is in front of it answers for it.
      setRunning(is) {
        server.faults.clear()
        if (!is)
          server.faults.add({ fault: { kind: 'status', status: 503 }, match: /./, times: Number.POSITIVE_INFINITY })
      },
    }
  },
}

export const startProduct = (kind: ProductKind, options: ProductOptions = {}): Promise<Product> => starts[kind](options)

/** The target of a configuration file that provisions the product. */
export const productTarget = ({ kind, settings, administratorGroups }: Product, more: Part = {}): Part => ({
  name: productLabels[kind],
  kind,
  settings,
  administratorGroups,
  ...more,
})
