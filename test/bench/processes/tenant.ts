import { type EntraSimulator, startEntraSimulator } from '@rollcall/simulators/entra/entra-simulator'
import { createTenant, type Tenant } from '@rollcall/simulators/entra/tenant/tenant'
import { changeTenant } from '../states/change-tenant.ts'
import { server } from './program.ts'

export interface TenantSize {
  readonly users: number
  readonly groups: number
  readonly memberships: number
}

/** What a connection to the tenant needs. */
export interface TenantFacts {
  readonly url: string
  readonly tenantId: string
  readonly clientId: string
  readonly clientSecret: string
  /** Of everybody's address. */
  readonly domain: string
}

let running: EntraSimulator | undefined

const simulator = (): EntraSimulator => {
  if (!running) throw new Error('The tenant is not started.')
  return running
}

const handlers = {
  async start(size: TenantSize): Promise<TenantFacts> {
    const tenant = createTenant({ ...size, nested: size.groups / 2, seed: 7 })
    tidy(tenant)
    running = await startEntraSimulator({
      tenant,
      cachePages: true,
      // 999 is the largest page of Graph (Microsoft Graph, calls); rounds over groups are cut by their members.
      deltaPage: { objects: 999, members: 5000, slice: 5000 },
    })
    const { application } = tenant
    return {
      url: running.graphUrl,
      tenantId: tenant.tenantId,
      clientId: application.clientId,
      clientSecret: application.secrets[0]?.value ?? '',
      domain: tenant.domain,
    }
  },
  /** Each answer of Graph comes so much later; the sign-in does not. */
  delay({ ms }: { readonly ms: number }): void {
    const { faults } = simulator()
    faults.clear()
    if (ms > 0) faults.add({ fault: { kind: 'latency', ms }, match: / \/v1\.0\//, times: Number.POSITIVE_INFINITY })
  },
  change: (request: { readonly count: number; readonly from: number }): void =>
    changeTenant(simulator().tenant, request),
  countRequests: (_: undefined): number => simulator().countRequests(/ \/v1\.0\//),
}
export type TenantHandlers = typeof handlers

/** Everybody has a mailbox and every group a name of its own: what cannot be provisioned is not what is measured. */
function tidy(tenant: Tenant): void {
  for (const { properties } of tenant.state.users) properties.mail ??= properties.userPrincipalName
  for (const [index, { properties }] of tenant.state.groups.entries()) properties.displayName = `Team ${index + 1}`
}

server(handlers)
