import { restoreSite, type SavedSite, saveSite } from '../data-center/saved-site.ts'
import { type Bitbucket, emptyBitbucket } from './bitbucket.ts'
import type { BitbucketVersion } from './bitbucket-version.ts'
import type { GlobalPermission } from './global-permissions.ts'
import type { BitbucketSettings } from './settings.ts'

/** A Bitbucket as a JSON value. */
export interface SavedBitbucket extends SavedSite {
  version: BitbucketVersion
  settings: BitbucketSettings
  permissions: { groups: [string, GlobalPermission][]; users: [string, GlobalPermission][] }
  deleted: { names: string[]; erased: number }
}

export const saveBitbucket = (bitbucket: Bitbucket): SavedBitbucket => ({
  ...saveSite(bitbucket),
  version: bitbucket.version,
  settings: { ...bitbucket.settings },
  permissions: bitbucket.permissions.saved(),
  deleted: bitbucket.deleted.saved(),
})

export function loadBitbucket(saved: SavedBitbucket, now?: () => number): Bitbucket {
  const bitbucket = emptyBitbucket({ ...saved, ...(now && { now }) })
  restoreSite(bitbucket, saved)
  bitbucket.permissions.restore(saved.permissions)
  bitbucket.deleted.restore(saved.deleted)
  return bitbucket
}
