import type { Conversation } from './conversation.ts'
import { oktaHeaders, oktaNothingFound, oktaUser } from './okta-shapes.ts'
import { created, desired, filter, found, get, groupSchema, operations, patch, post, put, remove } from './steps.ts'

const changed = { status: [200, 204] } as const
const rename = (displayName: string) => ({ op: 'replace', value: { id: '{{engineers}}', displayName } })

/** Apps of the catalogue send PATCH for activation, passwords and groups, and PUT for profiles. */
export const oktaCatalogue: Conversation = {
  client: 'Okta, app of the catalogue',
  rows: 'A-019, A-077',
  source: 'okta/okta-developer-docs: reference/scim/scim-20/index.md',
  headers: oktaHeaders,
  steps: [
    get(
      'looks for a user',
      `/Users?${filter('userName eq "ada@okta.local"')}&startIndex=1&count=100`,
      oktaNothingFound,
    ),
    post(
      'creates a user',
      '/Users',
      oktaUser('ada', '00u-ada'),
      created({ userName: 'ada@okta.local' }, ['password']),
      {
        keep: { ada: 'id' },
      },
    ),
    post('creates another', '/Users', oktaUser('bob', '00u-bob'), created({ userName: 'bob@okta.local' }), {
      keep: { bob: 'id' },
    }),
    get(
      'matches the user',
      `/Users?${filter('userName eq "ada@okta.local"')}&startIndex=1&count=100`,
      found({ id: '{{ada}}' }),
    ),
    get('reads the user', '/Users/{{ada}}', { status: 200, body: { id: '{{ada}}' } }, { keep: { adaRead: '' } }),
    put(
      'updates the profile',
      '/Users/{{ada}}',
      { '...': '{{adaRead}}', userName: 'ada.king@okta.local', title: 'Countess' },
      { status: 200, body: { userName: 'ada.king@okta.local', title: 'Countess' } },
    ),
    patch(
      'synchronizes a password',
      '/Users/{{ada}}',
      operations({ op: 'replace', value: { password: 'n0tF0rUs!' } }),
      {
        ...changed,
        without: ['password'],
      },
    ),
    post(
      'pushes a group',
      '/Groups',
      { schemas: [groupSchema], displayName: 'Engineers', members: [] },
      created({ displayName: 'Engineers' }),
      { keep: { engineers: 'id' } },
    ),
    patch(
      'pushes members, with the name beside them',
      '/Groups/{{engineers}}',
      operations(rename('Engineers'), {
        op: 'add',
        path: 'members',
        value: [
          { value: '{{ada}}', display: 'ada.king@okta.local' },
          { value: '{{bob}}', display: 'bob@okta.local' },
        ],
      }),
      changed,
    ),
    desired(
      'after the push',
      { active: ['ada.king@okta.local', 'bob@okta.local'] },
      { Engineers: ['ada.king@okta.local', 'bob@okta.local'] },
    ),
    patch(
      'renames, removes and adds in one request',
      '/Groups/{{engineers}}',
      operations(
        rename('Engine Builders'),
        { op: 'remove', path: 'members[value eq "{{ada}}"]' },
        { op: 'add', path: 'members', value: [{ value: '{{bob}}', display: 'bob@okta.local' }] },
      ),
      changed,
    ),
    desired(
      'after the mixed change',
      { active: ['ada.king@okta.local', 'bob@okta.local'] },
      { 'Engine Builders': ['bob@okta.local'] },
    ),
    patch(
      'replaces all members',
      '/Groups/{{engineers}}',
      operations({ op: 'replace', path: 'members', value: [{ value: '{{ada}}', display: 'ada.king@okta.local' }] }),
      changed,
    ),
    patch('deactivates a user', '/Users/{{ada}}', operations({ op: 'replace', value: { active: false } }), changed),
    get(
      'still finds the deactivated user',
      `/Users?${filter('userName eq "ada.king@okta.local"')}&startIndex=1&count=100`,
      found({ id: '{{ada}}', active: false }),
    ),
    desired(
      'while the user is deactivated',
      { active: ['bob@okta.local'], disabled: ['ada.king@okta.local'] },
      { 'Engine Builders': ['ada.king@okta.local'] },
    ),
    patch('activates the user', '/Users/{{ada}}', operations({ op: 'replace', value: { active: true } }), changed),
    get('reads the group with its members', '/Groups/{{engineers}}', {
      status: 200,
      body: { id: '{{engineers}}', displayName: 'Engine Builders', members: [{ value: '{{ada}}' }] },
    }),
    remove('unlinks and deletes the group', '/Groups/{{engineers}}'),
    desired('at the end', { active: ['ada.king@okta.local', 'bob@okta.local'] }, {}),
  ],
}
