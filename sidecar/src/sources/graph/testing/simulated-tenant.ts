import { type EntraOptions, type EntraSimulator, startEntraSimulator } from '@rollcall/simulators/entra/entra-simulator'
import { createTenant, type TenantOptions } from '@rollcall/simulators/entra/tenant/tenant'
import type { Source } from '../../source.ts'
import { type GraphOptions, openGraphSource } from '../graph-connector.ts'
import type { GraphSettings } from '../graph-settings.ts'
import type { Pace } from '../patience.ts'

export interface SimulatedTenant {
  readonly simulator: EntraSimulator
  readonly pace: PaceOfTests
  settings(changes?: Partial<GraphSettings>): GraphSettings
  /** Closed with the tenant. */
  open(changes?: Partial<GraphSettings>, options?: GraphOptions): Source
  close(): Promise<void>
}

/** A clock that notes waits instead of waiting. */
export interface PaceOfTests extends Pace {
  readonly waits: number[]
}

function createPace(): PaceOfTests {
  const waits: number[] = []
  let now = Date.now()
  return {
    waits,
    now: () => now,
    async sleep(milliseconds, signal) {
      signal.throwIfAborted()
      waits.push(milliseconds)
      now += milliseconds
    },
  }
}

export async function startSimulatedTenant(
  size: TenantOptions = {},
  options: EntraOptions = {},
): Promise<SimulatedTenant> {
  const simulator = await startEntraSimulator({
    tenant: createTenant({ users: 60, groups: 8, memberships: 200, nested: 3, ...size }),
    deltaPage: { objects: 15, members: 40, slice: 12 },
    ...options,
  })
  const pace = createPace()
  const sources: Source[] = []
  const settings = (changes: Partial<GraphSettings> = {}): GraphSettings => ({
    tenantId: simulator.tenant.tenantId,
    clientId: simulator.tenant.application.clientId,
    clientSecret: simulator.tenant.application.secrets[0]?.value ?? '',
    cloud: 'global',
    loginUrl: simulator.loginUrl,
    graphUrl: simulator.graphUrl,
    allowPrivateAddresses: false,
    scope: { groups: [], applications: [] },
    guests: 'include',
    attributes: [],
    ...changes,
  })
  return {
    simulator,
    pace,
    settings,
    open(changes, graphOptions) {
      const source = openGraphSource(settings(changes), { pace, ...graphOptions })
      sources.push(source)
      return source
    },
    async close() {
      for (const source of sources) await source.close()
      await simulator.close()
    },
  }
}
