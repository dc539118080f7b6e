import { userSchema } from './steps.ts'

/** From an HTTP log of Okta's client (oktadeveloper/okta-blog-archive#1956). */
export const oktaHeaders = {
  accept: 'application/scim+json',
  'accept-charset': 'utf-8',
  'content-type': 'application/scim+json; charset=utf-8',
  'user-agent': 'Okta SCIM Client 1.0.0',
}

/** Okta sends a random password, locale and an empty list of groups with every new user. */
export const oktaUser = (name: string, externalId: string) => ({
  schemas: [userSchema],
  userName: `${name}@okta.local`,
  name: { givenName: name, familyName: 'Example' },
  emails: [{ primary: true, value: `${name}@okta.local`, type: 'work' }],
  displayName: `${name} Example`,
  locale: 'en-US',
  externalId,
  groups: [],
  password: '1mz050nq',
  active: true,
})

/** The numbers of a list are integers: Okta refuses texts. */
export const oktaNothingFound = {
  status: 200,
  body: {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: 0,
    startIndex: 1,
    itemsPerPage: 0,
    Resources: [],
  },
}
