import type { Conversation, Exchange } from './conversation.ts'
import {
  created,
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
  remove,
  userSchema,
} from './steps.ts'

const changed = { status: [200, 204] } as const

/** The flag is part of the tenant URL, so it comes along as a parameter that means nothing here. */
const flagged = <S extends Exchange>(step: S): S => ({
  ...step,
  path: `${step.path}${step.path.includes('?') ? '&' : '?'}aadOptscim062020`,
})

const newUser = (id: string, name: string) => ({
  schemas: [userSchema, enterpriseSchema],
  externalId: id,
  userName: `${name}@contoso.com`,
  active: true,
  emails: [{ primary: true, type: 'work', value: `${name}@contoso.com` }],
  meta: { resourceType: 'User' },
  name: { formatted: name, familyName: 'Example', givenName: name },
})

/** With `aadOptscim062020`: real booleans, several attributes in one operation with dotted names, members by filter. */
export const entraCompliant: Conversation = {
  client: 'Microsoft Entra ID with aadOptscim062020',
  rows: 'A-074, A-075, A-019',
  source: 'MicrosoftDocs/entra-docs: application-provisioning-config-problem-scim-compatibility.md',
  headers: { accept: 'application/scim+json', 'content-type': 'application/scim+json; charset=utf-8' },
  steps: [
    flagged(
      get(
        'tests the connection',
        `/Users?${filter('userName eq "5c3e7a0c-54a7-4c3a-b1d9-3e2b8b6f1b8e"')}`,
        nothingFound,
      ),
    ),
    flagged(
      post('creates a user', '/Users', newUser('mail-ada', 'ada'), created({ userName: 'ada@contoso.com' }), {
        keep: { ada: 'id' },
      }),
    ),
    flagged(
      post('creates another', '/Users', newUser('mail-bob', 'bob'), created({ userName: 'bob@contoso.com' }), {
        keep: { bob: 'id' },
      }),
    ),
    flagged(get('matches the user', `/Users?${filter('userName eq "ada@contoso.com"')}`, found({ id: '{{ada}}' }))),
    patch(
      'updates several attributes in one operation, by dotted and qualified names',
      '/Users/{{ada}}?aadOptscim062020',
      operations(
        { op: 'replace', path: 'emails[type eq "work"].value', value: 'ada.king@contoso.com' },
        {
          op: 'replace',
          value: {
            displayName: 'Ada King',
            'name.givenName': 'Augusta',
            'name.familyName': 'King',
            [`${enterpriseSchema}:employeeNumber`]: '1815',
          },
        },
      ),
      changed,
    ),
    get('reads it back', '/Users/{{ada}}?aadOptscim062020=true', {
      status: 200,
      body: {
        displayName: 'Ada King',
        name: { givenName: 'Augusta', familyName: 'King' },
        emails: [{ type: 'work', value: 'ada.king@contoso.com' }],
        [enterpriseSchema]: { employeeNumber: '1815' },
      },
    }),
    post(
      'creates a group',
      '/Groups?aadOptscim062020',
      { schemas: [groupSchema], externalId: 'group-1', displayName: 'Engineers', meta: { resourceType: 'Group' } },
      created({ displayName: 'Engineers' }),
      { keep: { engineers: 'id' } },
    ),
    patch(
      'adds members',
      '/Groups/{{engineers}}?aadOptscim062020',
      operations({ op: 'add', path: 'members', value: [{ value: '{{ada}}' }, { value: '{{bob}}' }] }),
      { status: 204 },
    ),
    patch(
      'removes a member by filter',
      '/Groups/{{engineers}}?aadOptscim062020',
      operations({ op: 'remove', path: 'members[value eq "{{bob}}"]' }),
      { status: 204 },
    ),
    patch(
      'removes the same member again, which is no fault',
      '/Groups/{{engineers}}?aadOptscim062020',
      operations({ op: 'remove', path: 'members[value eq "{{bob}}"]' }),
      { status: 204 },
    ),
    patch(
      'renames the group',
      '/Groups/{{engineers}}?aadOptscim062020',
      operations({ op: 'replace', value: { displayName: 'Engine Builders' } }),
      { status: 204 },
    ),
    desired(
      'after the memberships',
      { active: ['ada@contoso.com', 'bob@contoso.com'] },
      { 'Engine Builders': ['ada@contoso.com'] },
    ),
    patch(
      'disables the user',
      '/Users/{{ada}}?aadOptscim062020',
      operations({ op: 'replace', path: 'active', value: false }),
      changed,
    ),
    desired(
      'while the user is disabled',
      { active: ['bob@contoso.com'], disabled: ['ada@contoso.com'] },
      { 'Engine Builders': ['ada@contoso.com'] },
    ),
    patch(
      'enables and renames the user',
      '/Users/{{ada}}?aadOptscim062020',
      operations({ op: 'replace', value: { active: true, userName: 'ada.king@contoso.com' } }),
      changed,
    ),
    remove('deletes the user', '/Users/{{ada}}?aadOptscim062020'),
    get('no longer finds the user', '/Users/{{ada}}?aadOptscim062020', gone),
    post(
      'creates the user again',
      '/Users?aadOptscim062020',
      newUser('mail-ada', 'ada.king'),
      created({ userName: 'ada.king@contoso.com' }),
      { keep: { ada: 'id' } },
    ),
    patch(
      'adds the restored user',
      '/Groups/{{engineers}}?aadOptscim062020',
      operations({ op: 'add', path: 'members', value: [{ value: '{{ada}}' }] }),
      { status: 204 },
    ),
    desired(
      'after the restoration',
      { active: ['ada.king@contoso.com', 'bob@contoso.com'] },
      { 'Engine Builders': ['ada.king@contoso.com'] },
    ),
    remove('deletes the group', '/Groups/{{engineers}}?aadOptscim062020'),
    desired('at the end', { active: ['ada.king@contoso.com', 'bob@contoso.com'] }, {}),
  ],
}
