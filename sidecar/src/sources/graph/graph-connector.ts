import { createOutgoingClient } from '../../outgoing/outgoing-client.ts'
import type { Connector, ProvisioningScope, Source } from '../source.ts'
import { checkConnection } from './check-connection.ts'
import { createGraphClient } from './graph-client.ts'
import { createGraphLogin } from './graph-login.ts'
import type { GraphSession } from './graph-session.ts'
import { GraphSettings, hostsOf } from './graph-settings.ts'
import { lookupUser } from './lookup-user.ts'
import { groupSelect } from './map-group.ts'
import { createUserMapping } from './map-user.ts'
import { type Pace, type Patience, realPace, usualPatience } from './patience.ts'
import { readTenant } from './read-tenant.ts'
import { type ReadingLimits, usualLimits } from './reading-limits.ts'

/** What tests replace: the clock, how often is tried again, and how large a reading may be. */
export interface GraphOptions {
  readonly pace?: Pace
  readonly patience?: Patience
  readonly limits?: ReadingLimits
}

export const graphConnector: Connector<GraphSettings> = {
  provider: 'entra',
  method: 'rest',
  label: 'Microsoft Entra ID (previously Azure AD)',
  settings: GraphSettings,
  open: (settings) => openGraphSource(settings),
  cursorScope,
  scope: ({ scope, guests }): ProvisioningScope => ({ ...scope, guests }),
}

/** Opens a connection to one tenant. Nothing is sent before the first call. */
export function openGraphSource(settings: GraphSettings, options: GraphOptions = {}): Source {
  const { pace = realPace, patience = usualPatience, limits = usualLimits } = options
  const { loginUrl, graphUrl } = hostsOf(settings)
  const signInClient = clientFor(loginUrl, settings)
  const graphClient = clientFor(graphUrl, settings)
  const login = createGraphLogin(settings, { outgoing: signInClient, pace, patience })
  const client = createGraphClient({ outgoing: graphClient, login, pace, patience })
  const session: GraphSession = { client, mapping: createUserMapping(settings), pace, limits }
  return {
    read: (cursor, signal) =>
      readTenant(session, {
        cursor,
        cursorScope: cursorScope(settings),
        applications: settings.scope.applications,
        signal,
      }),
    check: (signal) => checkConnection(session, login, settings, signal),
    lookup: (who, signal) => lookupUser(session, who, signal),
    close: async () => {
      await Promise.all([signInClient.close(), graphClient.close()])
    },
  }
}

/** Query options are baked into delta tokens, and a token is of one tenant, cloud and application. */
function cursorScope(settings: GraphSettings): string {
  const { graphUrl } = hostsOf(settings)
  const { tenantId, clientId } = settings
  const { select } = createUserMapping(settings)
  return JSON.stringify([graphUrl, tenantId.toLowerCase(), clientId.toLowerCase(), select, groupSelect])
}

/** A loopback host in the settings says by itself that private addresses are meant. */
const clientFor = (url: string, { allowPrivateAddresses }: GraphSettings) =>
  createOutgoingClient({
    origins: [url],
    allowPrivateAddresses: allowPrivateAddresses || loopback.test(new URL(url).hostname),
    connections: 8,
    headersTimeoutMs: 120_000,
    compressed: true,
  })

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/
