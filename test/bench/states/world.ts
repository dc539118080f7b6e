import type { ConnectionId, TargetId } from '@rollcall/sidecar/identity/ids'
import type { TenantFacts } from '../processes/tenant.ts'

/** What a store is configured for; plain data, it travels between processes. */
export interface World {
  readonly dataFolder: string
  readonly tenant: TenantFacts
  readonly jiraUrl: string
  readonly concurrency: number
}

export interface ConfiguredLeg {
  readonly connection: ConnectionId
  readonly target: TargetId
}

/** Where nothing listens: for stores that are only planned from. */
export const nowhere = {
  tenant: {
    url: 'http://127.0.0.1:9',
    tenantId: '11111111-1111-4111-8111-111111111111',
    clientId: '22222222-2222-4222-8222-222222222222',
    clientSecret: 'nothing',
    domain: 'example.com',
  },
  jiraUrl: 'http://127.0.0.1:9',
} as const
