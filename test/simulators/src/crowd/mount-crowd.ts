import type { Service } from '../data-center/server.ts'
import type { RateLimitSettings } from '../data-center/settings.ts'
import type { Site } from '../data-center/site.ts'
import { application } from './crowd.ts'
import { type SiteRealmOptions, siteRealm } from './site-realm.ts'
import { type Caller, userManagement } from './user-server.ts'

export interface MountOptions extends SiteRealmOptions {
  /** The client applications that the product's administrator allows; `application` of `crowd.ts` without it. */
  applications?: readonly (Pick<Caller, 'name' | 'password'> & Partial<Caller>)[]
  rateLimit?: RateLimitSettings
  largestPage?: number
}

export interface MountedCrowd extends Service {
  /** The attributes of a user, which the product's own interface does not show. */
  attributesOf(userName: string): Readonly<Record<string, readonly string[]>>
}

/**
 * The user server that a product offers at its own address ("Jira user server", Crowd REST): for the `mounted` of
 * its simulator. What is written this way skips the rules of the product, above all the check for leads (Jira REST, leads).
 */
export function mountCrowd(site: Site, options: MountOptions = {}): MountedCrowd {
  const realm = siteRealm(site, options)
  const applications = (options.applications ?? [application]).map((each) => ({
    allowedAddresses: ['127.0.0.1', '::1'],
    lowerCaseOutput: false,
    ...each,
  }))
  const service = userManagement({
    applications,
    realmOf: () => realm,
    settings: {
      get state() {
        return site.settings.state
      },
      rateLimit: options.rateLimit,
      largestPage: options.largestPage ?? Number.POSITIVE_INFINITY,
    },
    now: site.now,
  })
  return { ...service, attributesOf: (userName) => Object.fromEntries(realm.user(userName)?.attributes ?? []) }
}
