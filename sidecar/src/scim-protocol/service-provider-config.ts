import type { ScimObject } from './resource.ts'

/** What an installation may set of what the service says about itself. */
export interface ServiceProviderSettings {
  readonly baseUrl: string
  /** Largest page, of either kind of paging. */
  readonly maxResults: number
  readonly defaultPageSize: number
  readonly bulk: { readonly maxOperations: number; readonly maxPayloadBytes: number }
  /** Seconds for which a cursor may be continued. */
  readonly cursorTimeoutSeconds: number
  readonly documentationUri?: string
}

/** /ServiceProviderConfig (RFC 7643 5 and 8.5; RFC 9865 4 for the pages). Index paging stays the default: clients began with it. */
export const serviceProviderConfig = (settings: ServiceProviderSettings): ScimObject => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
  ...(settings.documentationUri !== undefined && { documentationUri: settings.documentationUri }),
  patch: { supported: true },
  bulk: {
    supported: true,
    maxOperations: settings.bulk.maxOperations,
    maxPayloadSize: settings.bulk.maxPayloadBytes,
  },
  filter: { supported: true, maxResults: settings.maxResults },
  changePassword: { supported: false },
  sort: { supported: true },
  etag: { supported: true },
  authenticationSchemes: [
    {
      type: 'oauthbearertoken',
      name: 'Bearer token',
      description: 'A token that an administrator of this service made for the connection, or a JWT of its issuer.',
      specUri: 'https://www.rfc-editor.org/info/rfc6750',
      primary: true,
    },
  ],
  pagination: {
    cursor: true,
    index: true,
    defaultPaginationMethod: 'index',
    defaultPageSize: settings.defaultPageSize,
    maxPageSize: settings.maxResults,
    cursorTimeout: settings.cursorTimeoutSeconds,
  },
  meta: { resourceType: 'ServiceProviderConfig', location: `${settings.baseUrl}/ServiceProviderConfig` },
})
