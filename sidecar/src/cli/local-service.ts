import type { InjectOptions } from 'fastify'
import { createAdminServer } from '../admin-server.ts'
import { linkBaseOf, scimOriginOf } from '../listener-urls.ts'
import { createService } from '../service.ts'
import { createServiceLog } from '../service-log.ts'
import { readServiceSettings } from '../service-settings.ts'
import { parseAnswer, type ServiceClient } from './service-client.ts'

/**
 * The same API inside this process, for when no service runs: the store is opened and locked for the length of one
 * command, and nothing runs by schedule.
 */
export async function openLocalService(dataFolder: string): Promise<ServiceClient> {
  const log = createServiceLog('silent')
  const service = await createService({ dataFolder, log, adminUrl: linkBaseOf(readServiceSettings(process.env)) })
  const server = await createAdminServer(service, {
    log,
    trust: 'socket',
    hosts: undefined,
    secure: false,
    trustedProxies: [],
    scimOrigin: originWhenServed,
  })
  return {
    async call<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<T> {
      const request: InjectOptions = { method, url: `/api${path}` }
      if (body !== undefined) request.payload = body as object
      const { statusCode, headers, payload } = await server.inject(request)
      return parseAnswer<T>(statusCode, String(headers['content-type']), payload)
    },
    async close() {
      await server.close()
      await service.close()
    },
  }
}

/** Nothing listens here: what a service of the same environment will say. */
function originWhenServed() {
  const settings = readServiceSettings(process.env)
  return scimOriginOf(settings, settings.admin.port)
}
