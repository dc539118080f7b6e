import { startBitbucketSimulator } from '@rollcall/simulators/bitbucket/bitbucket-simulator'
import { admin as bitbucketAdmin, createBitbucket } from '@rollcall/simulators/bitbucket/create-bitbucket'
import { startConfluenceSimulator } from '@rollcall/simulators/confluence/confluence-simulator'
import { admin as confluenceAdmin, createConfluence } from '@rollcall/simulators/confluence/create-confluence'
import { application } from '@rollcall/simulators/crowd/crowd'
import { type MountedCrowd, mountCrowd } from '@rollcall/simulators/crowd/mount-crowd'
import type { DirectorySeed } from '@rollcall/simulators/data-center/directory'
import type { Site } from '@rollcall/simulators/data-center/site'
import { admin, createJira } from '@rollcall/simulators/jira/create-jira'
import { startJiraSimulator } from '@rollcall/simulators/jira/jira-simulator'
import type { Product, Situation, Subject } from '../../conformance/conformity.ts'
import { openTarget } from '../../registry.ts'
import { siteProduct } from '../../testing/site-product.ts'

const rateLimit = { capacity: 10, fillRate: 20, intervalSeconds: 1 }
const readOnly: readonly DirectorySeed[] = [{ name: 'Company', kind: 'CONNECTOR', permission: 'readOnly' }]

const seedsOf = (situation: Situation) => ({
  users: situation.accounts ?? [],
  groups: situation.groups ?? [],
  ...(situation.readOnly ? { directories: readOnly } : {}),
  settings: situation.throttled ? { rateLimit } : {},
})

interface Mounted {
  readonly site: Site
  readonly mounted: MountedCrowd
  readonly simulator: {
    readonly url: string
    readonly violations: readonly { readonly call: string }[]
    close(): Promise<void>
  }
}

const mount = (site: Site, { throttled }: Situation) => mountCrowd(site, throttled ? { rateLimit } : {})

/** Products that serve their own people as a Crowd does, so that a change through Crowd is seen at once. */
const started = {
  async jira(situation: Situation): Promise<Mounted> {
    const roles = situation.licenceFull ? { roles: [{ key: 'jira-software', seats: 1 }] } : {}
    const jira = createJira({ ...seedsOf(situation), ...roles })
    const mounted = mount(jira, situation)
    return { site: jira, mounted, simulator: await startJiraSimulator({ jira, mounted: [mounted] }) }
  },
  /** Its REST can neither change e-mail addresses and names, nor rename. */
  async confluence(situation: Situation): Promise<Mounted> {
    const { settings, ...seeds } = seedsOf(situation)
    const seats = situation.licenceFull ? { seats: 1 } : {}
    const confluence = createConfluence({ ...seeds, version: '8.5', settings: { ...settings, ...seats } })
    const mounted = mount(confluence, situation)
    return { site: confluence, mounted, simulator: await startConfluenceSimulator({ confluence, mounted: [mounted] }) }
  },
  async bitbucket(situation: Situation): Promise<Mounted> {
    const { settings, ...seeds } = seedsOf(situation)
    const seats = situation.licenceFull ? { seats: 1 } : {}
    const bitbucket = createBitbucket({ ...seeds, settings: { ...settings, ...seats } })
    const mounted = mount(bitbucket, situation)
    return { site: bitbucket, mounted, simulator: await startBitbucketSimulator({ bitbucket, mounted: [mounted] }) }
  },
}

/** How a user server is asked whether it is that of a Jira; here other products have one, too. */
const lookForJira = 'GET /rest/api/2/serverInfo'

export type MountedProduct = keyof typeof started

const credentials = {
  jira: { method: 'pat', token: admin.token },
  confluence: { method: 'pat', token: confluenceAdmin.token },
  bitbucket: { method: 'basic', username: bitbucketAdmin.name, password: bitbucketAdmin.password },
} as const

const { name: applicationName, password } = application

/** The user server of a product as a target of its own. */
export async function openUserServer(product: MountedProduct, situation: Situation): Promise<Subject> {
  const mounted = await started[product](situation)
  const settings = { url: mounted.simulator.url, application: applicationName, password }
  return subjectOf(mounted, 'crowd', settings, situation)
}

/** A product with its user server beside its REST. */
export async function openBesideCrowd(product: MountedProduct, situation: Situation): Promise<Subject> {
  const mounted = await started[product](situation)
  const { url } = mounted.simulator
  const crowd = { url, application: applicationName, password }
  return subjectOf(mounted, product, { url, credentials: credentials[product], crowd }, situation)
}

function subjectOf(
  { site, mounted, simulator }: Mounted,
  kind: string,
  settings: Readonly<Record<string, unknown>>,
  { onThrottled }: Situation,
): Subject {
  const target = openTarget(kind, settings, { onThrottled })
  return {
    target,
    product: productOf(site, mounted),
    async close() {
      await target.close()
      await simulator.close()
      const refused = simulator.violations.filter(({ call }) => call !== lookForJira)
      if (refused.length > 0) throw new Error(`Not allowed: ${JSON.stringify(refused)}`)
    },
  }
}

const productOf = (site: Site, mounted: MountedCrowd): Product => ({
  ...siteProduct(site),
  attributesOf(name) {
    const ofJira = site.change.user(name).properties?.get('rollcall.attributes')
    if (ofJira !== undefined) return JSON.parse(ofJira)
    const { 'rollcall.attributes': _index, ...others } = mounted.attributesOf(name)
    return others
  },
})
