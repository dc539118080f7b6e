import { type Server, type ServerOptions, startServer } from '../data-center/server.ts'
import type { Cloud } from './cloud.ts'
import { organizationService } from './organization.ts'
import { siteService } from './site.ts'

export interface CloudSimulatorOptions extends ServerOptions {
  cloud: Cloud
}

export interface CloudSimulator extends Server {
  /** Base URL of what is `https://api.atlassian.com` in the world: here the same address as the site's. */
  readonly organizationUrl: string
  readonly cloud: Cloud
}

/**
 * A Jira Cloud site and its organization on loopback. Its state is `createCloud(options)` of `create-cloud.ts`, or
 * `loadCloud(saved)` of `saved-cloud.ts` after a restart; the administrator's credentials are `admin` of `create-cloud.ts`.
 */
export async function startCloudSimulator({ cloud, ...options }: CloudSimulatorOptions): Promise<CloudSimulator> {
  const server = await startServer([siteService(cloud), organizationService(cloud)], () => 'RUNNING', options)
  return { ...server, organizationUrl: server.url, cloud }
}
