import type { Conversation } from './conversation.ts'
import { created, desired, filter, found, get, gone, groupSchema, post, put, remove, userSchema } from './steps.ts'

const headers = { accept: 'application/scim+json', 'content-type': 'application/scim+json' }
/** Keycloak folds user names to lower case. */
const user = (name: string, more: Readonly<Record<string, unknown>> = {}) => ({
  schemas: [userSchema],
  externalId: `keycloak-${name}`,
  userName: name,
  name: { givenName: name, familyName: 'Example' },
  emails: [{ value: `${name}@keycloak.example`, primary: true }],
  active: true,
  ...more,
})
const group = (displayName: string, ...members: readonly string[]) => ({
  schemas: [groupSchema],
  externalId: 'keycloak-engineers',
  displayName,
  members: members.map((value) => ({ value, type: 'User' })),
})

/** The extension creates at once, and only where that is refused it searches, with an operator in capital letters. */
export const keycloak: Conversation = {
  client: 'Keycloak, scim-for-keycloak',
  rows: 'A-019',
  source: 'Captain-P-Goldfish/scim-for-keycloak#167, #158',
  headers,
  steps: [
    get('reads what the service can do', '/ServiceProviderConfig', {
      status: 200,
      body: { patch: { supported: true }, filter: { supported: true } },
    }),
    post('creates a user', '/Users', user('ada'), created({ userName: 'ada' }), { keep: { ada: 'id' } }),
    post('creates another', '/Users', user('bob'), created({ userName: 'bob' }), { keep: { bob: 'id' } }),
    post('creates a user who exists already', '/Users', user('ada'), {
      status: 409,
      body: { status: '409', scimType: 'uniqueness' },
    }),
    get('searches for the one that exists', `/Users?${filter('userName EQ "ada"')}`, found({ id: '{{ada}}' })),
    put('updates it', '/Users/{{ada}}', user('ada', { id: '{{ada}}', title: 'Countess' }), {
      status: 200,
      body: { id: '{{ada}}', title: 'Countess' },
    }),
    post(
      'creates a group with its members',
      '/Groups',
      group('Engineers', '{{ada}}', '{{bob}}'),
      created({ displayName: 'Engineers' }),
      {
        keep: { engineers: 'id' },
      },
    ),
    get('searches for the group', `/Groups?${filter('displayName EQ "Engineers"')}`, found({ id: '{{engineers}}' })),
    desired('after the memberships', { active: ['ada', 'bob'] }, { Engineers: ['ada', 'bob'] }),
    put('renames the group and takes a member away', '/Groups/{{engineers}}', group('Engine Builders', '{{ada}}'), {
      status: 200,
      body: { displayName: 'Engine Builders', members: [{ value: '{{ada}}' }] },
    }),
    put('disables the user', '/Users/{{ada}}', user('ada', { active: false }), {
      status: 200,
      body: { active: false },
    }),
    desired('while the user is disabled', { active: ['bob'], disabled: ['ada'] }, { 'Engine Builders': ['ada'] }),
    put('enables and renames the user', '/Users/{{ada}}', user('ada', { userName: 'ada.king' }), {
      status: 200,
      body: { userName: 'ada.king', active: true },
    }),
    remove('deletes who left the filter', '/Users/{{bob}}'),
    get('no longer finds the user', '/Users/{{bob}}', gone),
    post('creates the user who came back', '/Users', user('bob'), created({ userName: 'bob' }), {
      keep: { bob: 'id' },
    }),
    put('adds the restored user', '/Groups/{{engineers}}', group('Engine Builders', '{{ada}}', '{{bob}}'), {
      status: 200,
    }),
    desired('after the restoration', { active: ['ada.king', 'bob'] }, { 'Engine Builders': ['ada.king', 'bob'] }),
    remove('deletes the group', '/Groups/{{engineers}}'),
    desired('at the end', { active: ['ada.king', 'bob'] }, {}),
  ],
}
