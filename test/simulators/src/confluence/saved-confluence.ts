import { restoreSite, type SavedSite, saveSite } from '../data-center/saved-site.ts'
import { type Confluence, emptyConfluence } from './confluence.ts'
import type { ConfluenceVersion } from './confluence-version.ts'
import type { GlobalPermission } from './global-permissions.ts'
import type { ConfluenceSettings } from './settings.ts'

/** A Confluence as a JSON value. Long tasks do not outlive a restart. */
export interface SavedConfluence extends SavedSite {
  version: ConfluenceVersion
  settings: ConfluenceSettings
  permissions: { groups: [string, GlobalPermission[]][]; users: [string, GlobalPermission[]][] }
}

export const saveConfluence = (confluence: Confluence): SavedConfluence => ({
  ...saveSite(confluence),
  version: confluence.version,
  settings: { ...confluence.settings },
  permissions: confluence.permissions.saved(),
})

export function loadConfluence(saved: SavedConfluence, now?: () => number): Confluence {
  const confluence = emptyConfluence({ ...saved, ...(now && { now }) })
  restoreSite(confluence, saved)
  for (const [name, held] of saved.permissions.groups) confluence.permissions.setGroup(name, held)
  for (const [key, held] of saved.permissions.users) confluence.permissions.setUser(key, held)
  return confluence
}
