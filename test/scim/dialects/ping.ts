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
  userName: name,
  externalId: `ping-${name}`,
  name: { givenName: name, familyName: 'Example' },
  emails: [{ value: `${name}@ping.example`, type: 'Work' }],
  photos: [],
  active: true,
  ...more,
})

/** The SCIM Provisioner of PingFederate and PingOne: can push disabled people, lists groups in pages of its own size. */
export const ping: Conversation = {
  client: 'Ping Identity',
  rows: 'A-019',
  source: 'docs.pingidentity.com: SCIM Provisioner settings, changelog, user and group management',
  headers: { accept: 'application/scim+json', 'content-type': 'application/scim+json' },
  steps: [
    get('looks for a user', `/Users?${filter('userName eq "ada"')}`, nothingFound),
    post('creates a user', '/Users', user('ada'), created({ emails: [{ value: 'ada@ping.example', type: 'Work' }] }), {
      keep: { ada: 'id' },
    }),
    post('creates a disabled user', '/Users', user('bob', { active: false }), created({ active: false }), {
      keep: { bob: 'id' },
    }),
    get('matches the user', `/Users?${filter('userName eq "ada"')}`, found({ id: '{{ada}}' })),
    desired('before anything changes', { active: ['ada'], disabled: ['bob'] }, {}),
    put('updates and renames the user', '/Users/{{ada}}', user('ada.king', { externalId: 'ping-ada' }), {
      status: 200,
      body: { userName: 'ada.king' },
    }),
    put('enables the other', '/Users/{{bob}}', user('bob'), { status: 200, body: { active: true } }),
    get('lists groups in pages', '/Groups?startIndex=1&count=50', {
      status: 200,
      body: { totalResults: 0, Resources: [] },
    }),
    post(
      'creates a group',
      '/Groups',
      { schemas: [groupSchema], displayName: 'Engineers' },
      created({ displayName: 'Engineers' }),
      {
        keep: { engineers: 'id' },
      },
    ),
    patch(
      'adds members',
      '/Groups/{{engineers}}',
      operations({
        op: 'add',
        path: 'members',
        value: [
          { value: '{{ada}}', type: 'User' },
          { value: '{{bob}}', type: 'User' },
        ],
      }),
      changed,
    ),
    get('lists groups again', '/Groups?startIndex=1&count=50', {
      status: 200,
      body: {
        totalResults: 1,
        itemsPerPage: 1,
        startIndex: 1,
        Resources: [{ id: '{{engineers}}', displayName: 'Engineers' }],
      },
    }),
    patch(
      'removes a member',
      '/Groups/{{engineers}}',
      operations({ op: 'remove', path: 'members[value eq "{{bob}}"]' }),
      changed,
    ),
    patch(
      'renames the group',
      '/Groups/{{engineers}}',
      operations({ op: 'replace', path: 'displayName', value: 'Engine Builders' }),
      changed,
    ),
    desired('after the memberships', { active: ['ada.king', 'bob'] }, { 'Engine Builders': ['ada.king'] }),
    put('disables the user', '/Users/{{ada}}', user('ada.king', { externalId: 'ping-ada', active: false }), {
      status: 200,
      body: { active: false },
    }),
    desired(
      'while the user is disabled',
      { active: ['bob'], disabled: ['ada.king'] },
      { 'Engine Builders': ['ada.king'] },
    ),
    put('enables the user', '/Users/{{ada}}', user('ada.king', { externalId: 'ping-ada' }), {
      status: 200,
      body: { active: true },
    }),
    remove('deletes a user', '/Users/{{bob}}'),
    get('no longer finds the user', '/Users/{{bob}}', gone),
    post('creates the user again', '/Users', user('bob'), created({ active: true })),
    remove('deletes the group', '/Groups/{{engineers}}'),
    desired('at the end', { active: ['ada.king', 'bob'] }, {}),
  ],
}
