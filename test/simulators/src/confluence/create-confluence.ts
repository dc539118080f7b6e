import { addAdministrator, type Filling, fillSite } from '../data-center/fill-site.ts'
import { type Confluence, type EmptyConfluenceOptions, emptyConfluence } from './confluence.ts'

export interface ConfluenceOptions extends EmptyConfluenceOptions, Filling {}

/** The account that every made Confluence comes with: system administrator, in the internal directory where there is one. */
export const admin = { name: 'admin', password: 'admin', token: 'confluence-admin-token' } as const

/** A Confluence with its default groups, its administrator, and whom the options name. Made-up people may use it. */
export function createConfluence(options: ConfluenceOptions = {}): Confluence {
  const confluence = emptyConfluence(options)
  const { settings, permissions, change, groups, people } = confluence
  const users = change.ensureGroup(settings.defaultGroup)
  permissions.setGroup(settings.defaultGroup, ['application/use', 'personal_space/create', 'space/create'])
  change.ensureGroup(settings.superGroup)
  addAdministrator(confluence, admin, [settings.defaultGroup, settings.superGroup])
  fillSite(confluence, options)
  if (typeof options.users === 'number') for (const user of people.everyone()) groups.join(users, user)
  return confluence
}
