import type { Conversation } from './conversation.ts'
import { created, desired, get, gone, groupSchema, operations, patch, post, put, remove, userSchema } from './steps.ts'

const changed = { status: [200, 204] } as const
const user = (name: string, more: Readonly<Record<string, unknown>> = {}) => ({
  schemas: [userSchema],
  externalId: `authentik-${name}`,
  userName: name,
  name: { formatted: name, givenName: name, familyName: '' },
  displayName: name,
  active: true,
  emails: [{ value: `${name}@authentik.example`, type: 'other', primary: true }],
  ...more,
})

/** One operation a member; removal by value; the whole group, id and all, in an operation without path. */
export const authentik: Conversation = {
  client: 'authentik',
  rows: 'A-017, A-019',
  source: 'goauthentik/authentik: authentik/providers/scim/clients/{base,users,groups}.py',
  headers: { accept: 'application/scim+json', 'content-type': 'application/scim+json' },
  steps: [
    get('reads what the service can do, or takes it to be able to do nothing', '/ServiceProviderConfig', {
      status: 200,
      body: {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
        patch: { supported: true },
        filter: { supported: true },
        authenticationSchemes: [{ type: 'oauthbearertoken', name: /./, description: /./ }],
      },
    }),
    get('discovers users', '/Users', { status: 200, body: { totalResults: 0, Resources: [] } }),
    post('creates a user', '/Users', user('ada'), created({ id: /./ }), { keep: { ada: 'id' } }),
    post('creates another', '/Users', user('bob'), created({ id: /./ }), { keep: { bob: 'id' } }),
    put('updates the user, id and all', '/Users/{{ada}}', user('ada', { id: '{{ada}}', title: 'Countess' }), {
      status: 200,
      body: { id: '{{ada}}', title: 'Countess' },
    }),
    post(
      'creates a group',
      '/Groups',
      { schemas: [groupSchema], externalId: 'authentik-engineers', displayName: 'Engineers' },
      created({ id: /./ }),
      { keep: { engineers: 'id' } },
    ),
    patch(
      'adds members, one operation each',
      '/Groups/{{engineers}}',
      operations(
        { op: 'add', path: 'members', value: [{ value: '{{ada}}' }] },
        { op: 'add', path: 'members', value: [{ value: '{{bob}}' }] },
      ),
      changed,
    ),
    get('compares the members', '/Groups/{{engineers}}', {
      status: 200,
      body: { id: '{{engineers}}', displayName: 'Engineers', members: [{ value: '{{ada}}' }, { value: '{{bob}}' }] },
    }),
    patch(
      'renames the group with everything it knows, without a path',
      '/Groups/{{engineers}}',
      operations({
        op: 'replace',
        value: {
          schemas: [groupSchema],
          id: '{{engineers}}',
          externalId: 'authentik-engineers',
          displayName: 'Engine Builders',
        },
      }),
      changed,
    ),
    patch(
      'removes a member by value',
      '/Groups/{{engineers}}',
      operations({ op: 'remove', path: 'members', value: [{ value: '{{bob}}' }] }),
      changed,
    ),
    desired('after the memberships', { active: ['ada', 'bob'] }, { 'Engine Builders': ['ada'] }),
    get('discovers groups until it has seen as many as there are', '/Groups?startIndex=1', {
      status: 200,
      body: { totalResults: 1, Resources: [{ id: '{{engineers}}' }] },
    }),
    put('disables the user', '/Users/{{ada}}', user('ada', { id: '{{ada}}', active: false }), {
      status: 200,
      body: { active: false },
    }),
    desired('while the user is disabled', { active: ['bob'], disabled: ['ada'] }, { 'Engine Builders': ['ada'] }),
    put('enables and renames the user', '/Users/{{ada}}', user('ada', { id: '{{ada}}', userName: 'ada.king' }), {
      status: 200,
      body: { userName: 'ada.king', active: true },
    }),
    remove('deletes a user', '/Users/{{bob}}'),
    put('updates a user who has gone, to create it again if that is so', '/Users/{{bob}}', user('bob'), gone),
    post('creates the user again', '/Users', user('bob'), created({ id: /./ })),
    remove('deletes the group', '/Groups/{{engineers}}'),
    desired('at the end', { active: ['ada.king', 'bob'] }, {}),
  ],
}
