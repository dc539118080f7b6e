import { defaultSiteSettings, type SiteSettings } from '../data-center/settings.ts'

/** What an administrator or an accident changes while Jira runs. */
export interface JiraSettings extends SiteSettings {
  /** Groups that hold ADMINISTER and SYSTEM_ADMIN; global permissions have no REST (Jira REST, application roles). */
  adminGroups: readonly string[]
  systemAdminGroups: readonly string[]
  serverTitle: string
}

export const defaultSettings = (): JiraSettings => ({
  ...defaultSiteSettings(),
  adminGroups: ['jira-administrators'],
  systemAdminGroups: ['jira-administrators'],
  serverTitle: 'Jira',
})
