import type { Conversation } from './conversation.ts'
import {
  created,
  desired,
  filter,
  found,
  get,
  gone,
  nothingFound,
  operations,
  patch,
  post,
  remove,
  userSchema,
} from './steps.ts'

const changed = { status: [200, 204] } as const

const newUser = (name: string) => ({
  schemas: [userSchema],
  userName: `${name}@workspace.example`,
  externalId: `1100000000000000${name.length}`,
  active: true,
  name: { givenName: name, familyName: 'Example' },
  displayName: `${name} Example`,
  emails: [{ value: `${name}@workspace.example`, type: 'work', primary: true }],
})

/**
 * Google provisions the apps of its own catalogue only, in shapes that it does not publish; what is known is the order of
 * things: active people are made, suspended first and deleted days later, and groups say who is in scope instead of being
 * provisioned. The shapes are those of the RFC, which any catalogue app is written against.
 */
export const google: Conversation = {
  client: 'Google Workspace, through an app of its catalogue',
  rows: 'A-019',
  source: 'Google Workspace Admin Help 7681608 (order of things); RFC 7644 (shapes)',
  headers: { accept: 'application/scim+json', 'content-type': 'application/scim+json' },
  steps: [
    get('looks for a user', `/Users?${filter('userName eq "ada@workspace.example"')}`, nothingFound),
    post('creates a user', '/Users', newUser('ada'), created({ userName: 'ada@workspace.example' }), {
      keep: { ada: 'id' },
    }),
    post('creates another', '/Users', newUser('bobby'), created({ userName: 'bobby@workspace.example' }), {
      keep: { bob: 'id' },
    }),
    get(
      'matches the user',
      `/Users?${filter('userName eq "ada@workspace.example"')}`,
      found({ id: '{{ada}}', active: true }),
    ),
    patch(
      'updates the user',
      '/Users/{{ada}}',
      operations({ op: 'replace', path: 'name.familyName', value: 'King' }),
      changed,
    ),
    patch(
      'renames the user',
      '/Users/{{ada}}',
      operations({ op: 'replace', path: 'userName', value: 'ada.king@workspace.example' }),
      changed,
    ),
    patch('suspends a user', '/Users/{{bob}}', operations({ op: 'replace', path: 'active', value: false }), changed),
    desired(
      'while the user is suspended',
      { active: ['ada.king@workspace.example'], disabled: ['bobby@workspace.example'] },
      {},
    ),
    patch('enables the user', '/Users/{{bob}}', operations({ op: 'replace', path: 'active', value: true }), changed),
    patch(
      'suspends the user again',
      '/Users/{{bob}}',
      operations({ op: 'replace', path: 'active', value: false }),
      changed,
    ),
    remove('deletes the user days later', '/Users/{{bob}}'),
    get('no longer finds the user', '/Users/{{bob}}', gone),
    desired('after the deletion', { active: ['ada.king@workspace.example'], deleted: ['bobby@workspace.example'] }, {}),
    post('creates the restored user again', '/Users', newUser('bobby'), created({ active: true })),
    desired('at the end', { active: ['ada.king@workspace.example', 'bobby@workspace.example'] }, {}),
  ],
}
