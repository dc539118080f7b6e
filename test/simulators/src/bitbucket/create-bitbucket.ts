import { addAdministrator, type Filling, fillSite } from '../data-center/fill-site.ts'
import { type Bitbucket, type EmptyBitbucketOptions, emptyBitbucket } from './bitbucket.ts'
import type { GlobalPermission } from './global-permissions.ts'

export interface BitbucketOptions extends EmptyBitbucketOptions, Filling {
  /** Global permissions of groups by name, beside those of the default groups. */
  permissions?: Readonly<Record<string, GlobalPermission>>
}

/** The account that every made Bitbucket comes with. Its token is an HTTP access token, which cannot administrate (Data Center, authentication). */
export const admin = { name: 'admin', password: 'admin', token: 'bitbucket-admin-token' } as const

const administrators = 'stash-administrators'

/** A Bitbucket with its default groups, its administrator, and whom the options name. Made-up people are licensed. */
export function createBitbucket(options: BitbucketOptions = {}): Bitbucket {
  const bitbucket = emptyBitbucket(options)
  const { settings, permissions, change, groups, people } = bitbucket
  const users = change.ensureGroup(settings.defaultGroup)
  change.ensureGroup(administrators)
  permissions.grantGroup(settings.defaultGroup, 'LICENSED_USER')
  permissions.grantGroup(administrators, 'SYS_ADMIN')
  addAdministrator(bitbucket, admin, [settings.defaultGroup, administrators])
  fillSite(bitbucket, options)
  if (typeof options.users === 'number') for (const user of people.everyone()) groups.join(users, user)
  for (const [name, permission] of Object.entries(options.permissions ?? {})) {
    permissions.grantGroup(change.ensureGroup(name).name, permission)
  }
  return bitbucket
}
