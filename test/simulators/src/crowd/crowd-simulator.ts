import { type Server, type ServerOptions, startServer } from '../data-center/server.ts'
import { applicationRealm } from './application-realm.ts'
import type { Crowd } from './crowd.ts'
import { userManagement } from './user-server.ts'

export interface CrowdSimulatorOptions extends ServerOptions {
  crowd: Crowd
}

export interface CrowdSimulator extends Server {
  readonly crowd: Crowd
}

/**
 * A Crowd on loopback. Its state is `createCrowd(options)` of `create-crowd.ts`, or `loadCrowd(saved)` of `saved-crowd.ts`
 * after a restart; the credentials of the application that may do everything are `application` of `crowd.ts`.
 */
export async function startCrowdSimulator({ crowd, ...options }: CrowdSimulatorOptions): Promise<CrowdSimulator> {
  const service = userManagement({
    applications: crowd.applications,
    realmOf: (application) => applicationRealm(crowd, application),
    settings: crowd.settings,
    now: crowd.now,
  })
  return { ...(await startServer([service], () => crowd.settings.state, options)), crowd }
}
