import { startEntraSimulator } from '@rollcall/simulators/entra/entra-simulator'
import { createTenant } from '@rollcall/simulators/entra/tenant/tenant'
import type { Faults } from '@rollcall/simulators/faults'
import { createJira } from '@rollcall/simulators/jira/create-jira'
import { startJiraSimulator } from '@rollcall/simulators/jira/jira-simulator'
import type { SandboxWorld } from '../sandbox/sandbox-world.ts'

export interface TroubledWorld extends SandboxWorld {
  readonly providerFaults: Faults
  readonly productFaults: Faults
}

/** A small company and an empty Jira, both of which can be made to misbehave. */
export async function startTroubledWorld(): Promise<TroubledWorld> {
  const tenant = createTenant({ seed: 7, users: 90, groups: 6, memberships: 200, domain: 'example.com' })
  const jira = createJira({ version: '10.3-late' })
  const entra = await startEntraSimulator({ tenant })
  const product = await startJiraSimulator({ jira })
  return {
    entraUrl: entra.loginUrl,
    jiraUrl: product.url,
    tenant,
    jira,
    providerFaults: entra.faults,
    productFaults: product.faults,
    save() {},
    async close() {
      await Promise.all([entra.close(), product.close()])
    },
  }
}
