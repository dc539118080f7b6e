import type { Conversation } from './conversation.ts'
import { oktaHeaders, oktaNothingFound, oktaUser } from './okta-shapes.ts'
import { created, desired, filter, get, gone, groupSchema, post, put, remove } from './steps.ts'

const whole = (name: string, changes: Readonly<Record<string, unknown>>) => ({ '...': `{{${name}Read}}`, ...changes })

/** Apps of the App Integration Wizard send PUT for everything: profile, activation, groups and their members. */
export const oktaWizard: Conversation = {
  client: 'Okta, App Integration Wizard',
  rows: 'A-019',
  source: 'okta/okta-developer-docs: reference/scim/scim-20/index.md',
  headers: oktaHeaders,
  steps: [
    get('tests the credentials', '/Users?startIndex=1&count=2', {
      status: 200,
      body: { totalResults: 0, Resources: [] },
    }),
    get(
      'looks for a user',
      `/Users?${filter('userName eq "ada@okta.local"')}&startIndex=1&count=100`,
      oktaNothingFound,
    ),
    post(
      'creates a user',
      '/Users',
      oktaUser('ada', '00ujl29u0le5T6Aj10h7'),
      created({ id: /./, userName: 'ada@okta.local', active: true, externalId: '00ujl29u0le5T6Aj10h7' }, ['password']),
      { keep: { ada: 'id' } },
    ),
    post('sends a request that timed out again', '/Users', oktaUser('ada', '00ujl29u0le5T6Aj10h7'), {
      status: 409,
      body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '409', scimType: 'uniqueness' },
    }),
    post(
      'creates another',
      '/Users',
      oktaUser('bob', '00ujl29u0le5T6Aj20h8'),
      created({ userName: 'bob@okta.local' }),
      {
        keep: { bob: 'id' },
      },
    ),
    get(
      'reads the user',
      '/Users/{{ada}}',
      { status: 200, body: { id: '{{ada}}', userName: 'ada@okta.local' } },
      {
        keep: { adaRead: '' },
      },
    ),
    put(
      'updates the profile by sending everything back',
      '/Users/{{ada}}',
      whole('ada', { displayName: 'Ada King', name: { givenName: 'Ada', familyName: 'King' } }),
      {
        status: 200,
        body: { id: '{{ada}}', displayName: 'Ada King', externalId: '00ujl29u0le5T6Aj10h7', active: true },
      },
      { keep: { adaRead: '' } },
    ),
    get(
      'looks for a group',
      `/Groups?${filter('displayName eq "Engineers"')}&startIndex=1&count=100`,
      oktaNothingFound,
    ),
    post(
      'pushes a group',
      '/Groups',
      { schemas: [groupSchema], displayName: 'Engineers', members: [] },
      created({ id: /./, displayName: 'Engineers' }),
      { keep: { engineers: 'id' } },
    ),
    put(
      'pushes the members',
      '/Groups/{{engineers}}',
      {
        schemas: [groupSchema],
        id: '{{engineers}}',
        displayName: 'Engineers',
        members: [
          { value: '{{ada}}', display: 'ada@okta.local' },
          { value: '{{bob}}', display: 'bob@okta.local' },
        ],
      },
      { status: [200, 204] },
    ),
    get('reads the group', '/Groups/{{engineers}}', {
      status: 200,
      body: { id: '{{engineers}}', displayName: 'Engineers', members: [{ value: '{{ada}}' }, { value: '{{bob}}' }] },
    }),
    put(
      'renames the group and takes a member away',
      '/Groups/{{engineers}}',
      {
        schemas: [groupSchema],
        id: '{{engineers}}',
        displayName: 'Engine Builders',
        members: [{ value: '{{ada}}', display: 'ada@okta.local' }],
      },
      { status: [200, 204] },
    ),
    desired(
      'after the memberships',
      { active: ['ada@okta.local', 'bob@okta.local'] },
      { 'Engine Builders': ['ada@okta.local'] },
    ),
    put('deactivates the user', '/Users/{{ada}}', whole('ada', { active: false }), {
      status: 200,
      body: { id: '{{ada}}', active: false },
    }),
    get(
      'reads the deactivated user',
      '/Users/{{ada}}',
      { status: 200, body: { active: false } },
      { keep: { adaRead: '' } },
    ),
    desired(
      'while the user is deactivated',
      { active: ['bob@okta.local'], disabled: ['ada@okta.local'] },
      { 'Engine Builders': ['ada@okta.local'] },
    ),
    put('activates the user', '/Users/{{ada}}', whole('ada', { active: true }), {
      status: 200,
      body: { active: true },
    }),
    get('reads the active user', '/Users/{{ada}}', { status: 200, body: { active: true } }, { keep: { adaRead: '' } }),
    put('renames the user', '/Users/{{ada}}', whole('ada', { userName: 'ada.king@okta.local' }), {
      status: 200,
      body: { userName: 'ada.king@okta.local' },
    }),
    get('imports users page by page', '/Users?startIndex=1&count=100', {
      status: 200,
      body: {
        totalResults: 2,
        startIndex: 1,
        itemsPerPage: 2,
        Resources: [{ userName: 'ada.king@okta.local' }, { userName: 'bob@okta.local' }],
      },
    }),
    get('asks for the page after the last', '/Users?startIndex=101&count=100', {
      status: 200,
      body: { totalResults: 2, startIndex: 101, itemsPerPage: 0, Resources: [] },
    }),
    remove('unlinks and deletes the group', '/Groups/{{engineers}}'),
    get('no longer finds the group', '/Groups/{{engineers}}', gone),
    desired('at the end', { active: ['ada.king@okta.local', 'bob@okta.local'] }, {}),
  ],
}
