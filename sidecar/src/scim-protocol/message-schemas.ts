/** URNs of the messages that we answer with or understand (RFC 7644 8.2); /Schemas does not list them. */
export const messageSchemas = {
  listResponse: 'urn:ietf:params:scim:api:messages:2.0:ListResponse',
  searchRequest: 'urn:ietf:params:scim:api:messages:2.0:SearchRequest',
} as const
