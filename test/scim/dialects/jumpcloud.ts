import type { Conversation } from './conversation.ts'
import {
  created,
  desired,
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

const changed = { status: [200, 204] } as const
const user = (name: string, more: Readonly<Record<string, unknown>> = {}) => ({
  schemas: [userSchema],
  userName: `${name}@jumpcloud.example`,
  externalId: `jumpcloud-${name}`,
  name: { givenName: name, familyName: 'Example' },
  displayName: `${name} Example`,
  active: true,
  emails: [{ value: `${name}@jumpcloud.example`, type: 'work', primary: true }],
  ...more,
})
const members = (...ids: readonly string[]) => ids.map((value) => ({ value }))

/** Activation creates a user and a group and deletes them again; any failure there blocks the connector. */
export const jumpCloud: Conversation = {
  client: 'JumpCloud',
  rows: 'A-019',
  source: 'jumpcloud.com, Identity Management using a Custom SCIM Integration; support article 85119',
  headers: { accept: 'application/scim+json', 'content-type': 'application/scim+json' },
  steps: [
    post('creates a test user', '/Users', user('test.user'), created({ userName: 'test.user@jumpcloud.example' }), {
      keep: { test: 'id' },
    }),
    post(
      'creates a test group',
      '/Groups',
      { schemas: [groupSchema], displayName: 'JumpCloud test' },
      created({ id: /./ }),
      {
        keep: { testGroup: 'id' },
      },
    ),
    patch(
      'puts one into the other',
      '/Groups/{{testGroup}}',
      operations({ op: 'add', path: 'members', value: members('{{test}}') }),
      changed,
    ),
    remove('deletes the test group', '/Groups/{{testGroup}}'),
    remove('deletes the test user', '/Users/{{test}}'),
    get('is told that the test user has gone', '/Users/{{test}}', gone),

    get('looks for a user', `/Users?${filter('userName eq "ada@jumpcloud.example"')}`, nothingFound),
    post('creates a user', '/Users', user('ada'), created({ active: true }), { keep: { ada: 'id' } }),
    post('creates another', '/Users', user('bob'), created({ active: true }), { keep: { bob: 'id' } }),
    get('matches the user', `/Users?${filter('userName eq "ada@jumpcloud.example"')}`, found({ id: '{{ada}}' })),
    put(
      'updates and renames the user',
      '/Users/{{ada}}',
      user('ada.king', { id: '{{ada}}', externalId: 'jumpcloud-ada' }),
      {
        status: 200,
        body: { userName: 'ada.king@jumpcloud.example' },
      },
    ),
    get('looks for a group of that name to take over', `/Groups?${filter('displayName eq "Engineers"')}`, nothingFound),
    post(
      'creates a group',
      '/Groups',
      { schemas: [groupSchema], displayName: 'Engineers', members: members('{{ada}}') },
      created({}),
      {
        keep: { engineers: 'id' },
      },
    ),
    patch(
      'adds a member',
      '/Groups/{{engineers}}',
      operations({ op: 'add', path: 'members', value: members('{{bob}}') }),
      changed,
    ),
    patch(
      'removes one member by value',
      '/Groups/{{engineers}}',
      operations({ op: 'remove', path: 'members', value: members('{{bob}}') }),
      changed,
    ),
    patch(
      'renames the group',
      '/Groups/{{engineers}}',
      operations({ op: 'replace', path: 'displayName', value: 'Engine Builders' }),
      changed,
    ),
    desired(
      'after the memberships',
      {
        active: ['ada.king@jumpcloud.example', 'bob@jumpcloud.example'],
        deleted: ['test.user@jumpcloud.example'],
      },
      { 'Engine Builders': ['ada.king@jumpcloud.example'] },
    ),
    put('deactivates the user', '/Users/{{ada}}', user('ada.king', { externalId: 'jumpcloud-ada', active: false }), {
      status: 200,
      body: { active: false },
    }),
    put('activates the user', '/Users/{{ada}}', user('ada.king', { externalId: 'jumpcloud-ada' }), {
      status: 200,
      body: { active: true },
    }),
    remove('deletes a user', '/Users/{{bob}}'),
    post('creates the user again', '/Users', user('bob'), created({ active: true })),
    remove('deletes the group', '/Groups/{{engineers}}'),
    desired(
      'at the end',
      {
        active: ['ada.king@jumpcloud.example', 'bob@jumpcloud.example'],
        deleted: ['test.user@jumpcloud.example'],
      },
      {},
    ),
  ],
}
