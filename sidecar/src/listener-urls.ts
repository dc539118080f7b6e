import type { ScimOrigin } from './scim/scim-address.ts'
import type { ServiceSettings } from './service-settings.ts'

/** Where administrators reach the service. `port` is the one that was opened. */
export const adminUrlOf = ({ admin: { host } }: ServiceSettings, port: number): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${port}`

/** Where links in notices lead. */
export const linkBaseOf = (settings: ServiceSettings): string =>
  settings.adminUrl ?? adminUrlOf(settings, settings.admin.port)

/** Where providers push to: the public listener if there is one, else the admin listener. */
export const scimOriginOf = (settings: ServiceSettings, port: number): ScimOrigin =>
  settings.public
    ? { url: settings.public.url.href, reachable: 'public' }
    : { url: adminUrlOf(settings, port), reachable: 'local' }
