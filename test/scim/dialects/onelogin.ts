import type { Conversation } from './conversation.ts'
import {
  desired,
  enterpriseSchema,
  filter,
  found,
  get,
  gone,
  groupSchema,
  nothingFound,
  operations,
  patch,
  post,
  put,
  remove,
  userSchema,
} from './steps.ts'

/** Drawn by a template that the administrator edits. */
const fromTemplate = (name: string, changes: Readonly<Record<string, unknown>> = {}) => ({
  schemas: [userSchema, enterpriseSchema],
  userName: `${name}@onelogin.example`,
  externalId: `onelogin-${name}`,
  name: { givenName: name, familyName: 'Example', formatted: `${name} Example` },
  displayName: `${name} Example`,
  active: true,
  emails: [{ value: `${name}@onelogin.example`, type: 'work', primary: true }],
  [enterpriseSchema]: { department: 'Sales' },
  ...changes,
})

const typed = { 'content-type': /^application\/json/ }

/** Asks for `application/json` and wants to be answered so; PATCH comes without a User-Agent. */
export const oneLogin: Conversation = {
  client: 'OneLogin',
  rows: 'A-019',
  source: 'developers.onelogin.com/scim/implement-scim-api; goauthentik/authentik#11249',
  headers: { accept: 'application/json', 'content-type': 'application/json' },
  steps: [
    get('tests the connection with a name that cannot be', `/Users?${filter('userName eq "onelogin-test-8f3a"')}`, {
      ...nothingFound,
      headers: typed,
    }),
    get('looks for a user', `/Users?${filter('userName eq "ada@onelogin.example"')}`, nothingFound),
    post(
      'creates a user',
      '/Users',
      fromTemplate('ada'),
      {
        status: 201,
        body: { id: /./, userName: 'ada@onelogin.example' },
        headers: { ...typed, location: /\/Users\/./ },
      },
      { keep: { ada: 'id' } },
    ),
    post('creates another', '/Users', fromTemplate('bob'), { status: 201, body: { id: /./ } }, { keep: { bob: 'id' } }),
    get('matches the user', `/Users?${filter('userName eq "ada@onelogin.example"')}`, found({ id: '{{ada}}' })),
    get('reads the user', '/Users/{{ada}}', { status: 200, body: { id: '{{ada}}' }, headers: typed }),
    put(
      'updates and renames the user',
      '/Users/{{ada}}',
      fromTemplate('ada', { userName: 'ada.king@onelogin.example', title: 'Countess' }),
      {
        status: 200,
        body: { id: '{{ada}}', userName: 'ada.king@onelogin.example', title: 'Countess' },
      },
    ),
    get('lists the groups', '/Groups', nothingFound),
    post(
      'creates a group',
      '/Groups',
      { schemas: [groupSchema], displayName: 'Engineers' },
      { status: 201, body: { id: /./, displayName: 'Engineers' } },
      { keep: { engineers: 'id' } },
    ),
    patch(
      'adds members, with an empty User-Agent',
      '/Groups/{{engineers}}',
      operations({ op: 'add', path: 'members', value: [{ value: '{{ada}}' }, { value: '{{bob}}' }] }),
      { status: [200, 204] },
      { headers: { 'content-type': 'application/scim+json', 'user-agent': '' } },
    ),
    patch(
      'removes a member',
      '/Groups/{{engineers}}',
      operations({ op: 'remove', path: 'members[value eq "{{bob}}"]' }),
      { status: [200, 204] },
      { headers: { 'content-type': 'application/scim+json', 'user-agent': '' } },
    ),
    patch(
      'renames the group',
      '/Groups/{{engineers}}',
      operations({ op: 'replace', path: 'displayName', value: 'Engine Builders' }),
      { status: [200, 204] },
      { headers: { 'content-type': 'application/scim+json', 'user-agent': '' } },
    ),
    desired(
      'after the memberships',
      { active: ['ada.king@onelogin.example', 'bob@onelogin.example'] },
      { 'Engine Builders': ['ada.king@onelogin.example'] },
    ),
    put(
      'suspends the user',
      '/Users/{{ada}}',
      fromTemplate('ada', { userName: 'ada.king@onelogin.example', active: false }),
      {
        status: 200,
        body: { active: false },
      },
    ),
    desired(
      'while the user is suspended',
      { active: ['bob@onelogin.example'], disabled: ['ada.king@onelogin.example'] },
      { 'Engine Builders': ['ada.king@onelogin.example'] },
    ),
    put('enables the user', '/Users/{{ada}}', fromTemplate('ada', { userName: 'ada.king@onelogin.example' }), {
      status: 200,
      body: { active: true },
    }),
    remove('deletes a user', '/Users/{{bob}}'),
    get('no longer finds the user', '/Users/{{bob}}', gone),
    post('creates the user again', '/Users', fromTemplate('bob'), { status: 201, body: { id: /./ } }),
    desired(
      'at the end',
      { active: ['ada.king@onelogin.example', 'bob@onelogin.example'] },
      { 'Engine Builders': ['ada.king@onelogin.example'] },
    ),
  ],
}
