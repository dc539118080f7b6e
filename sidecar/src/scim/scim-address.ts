/** Where the listener that identity providers call is reached. */
export interface ScimOrigin {
  /** Without a slash at the end. */
  readonly url: string
  /** `local`: no public listener is configured, so the admin listener answers them. */
  readonly reachable: 'public' | 'local'
}

/** What an administrator enters at the provider as SCIM Base URL. */
export const scimBaseUrl = (origin: string, slug: string): string => `${origin.replace(/\/+$/, '')}/scim/v2/${slug}`
