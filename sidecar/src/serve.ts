import { chmodSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { createAdminServer } from './admin-server.ts'
import { adminUrlOf, scimOriginOf } from './listener-urls.ts'
import { Problem } from './problem/problem.ts'
import { createPublicServer } from './public-server.ts'
import type { Service } from './service.ts'
import { type ServiceSettings, serviceProblems, socketPath } from './service-settings.ts'

export interface Serving {
  /** Where administrators reach the UI and the API. */
  readonly adminUrl: string
  /** Stops listening and lets requests under way finish; the service itself is closed by its owner. */
  close(): Promise<void>
}

const loopbackHosts = ['127.0.0.1', 'localhost', '[::1]', '::1']

/** Opens the listeners of a service: the admin one, the command line's socket, and the public one if configured. */
export async function serve(service: Service, settings: ServiceSettings): Promise<Serving> {
  const adminPort = () => (admin.server.address() as AddressInfo).port
  const common = {
    log: service.log,
    secure: settings.adminSecure,
    trustedProxies: settings.trustedProxies,
    scimOrigin: () => scimOriginOf(settings, adminPort()),
  }
  const hosts = [...loopbackHosts, settings.admin.host, ...settings.adminHosts]
  const { log, scim } = service
  const { trustedProxies } = settings
  const localScim = createPublicServer({ log, url: undefined, hosts, trustedProxies, scim })
  await localScim.ready()
  const admin = await createAdminServer(service, { ...common, trust: 'network', hosts, scim: localScim })
  const socket = await createAdminServer(service, { ...common, trust: 'socket', hosts: undefined })
  const servers: FastifyInstance[] = [admin, socket, localScim]

  await listen(admin, settings.admin)
  await listenOnSocket(socket, socketPath(settings.dataFolder))
  if (settings.public) {
    const { host, port, url } = settings.public
    const publicServer = createPublicServer({ log, url, hosts: [url.hostname], trustedProxies, scim })
    await listen(publicServer, { host, port })
    servers.push(publicServer)
  }
  return {
    adminUrl: adminUrlOf(settings, adminPort()),
    close: async () => {
      await Promise.all(servers.map((server) => server.close()))
    },
  }
}

async function listen(server: FastifyInstance, { host, port }: { host: string; port: number }): Promise<void> {
  await server.listen({ host, port }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EADDRINUSE' && cause.code !== 'EADDRNOTAVAIL' && cause.code !== 'EACCES') throw cause
    const why = { EADDRINUSE: 'is in use', EADDRNOTAVAIL: 'is not of this machine', EACCES: 'is not allowed' }[
      cause.code
    ]
    throw new Problem(serviceProblems.service_address_unusable, `The address ${host}:${port} ${why}.`, { cause })
  })
}

/** The data folder is ours alone, so a socket file found there was left behind. Its mode is its protection. */
async function listenOnSocket(server: FastifyInstance, path: string): Promise<void> {
  rmSync(path, { force: true })
  const before = process.umask(0o177)
  try {
    await server.listen({ path })
  } finally {
    process.umask(before)
  }
  chmodSync(path, 0o600)
}
