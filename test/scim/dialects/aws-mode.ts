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
  remove,
  userSchema,
} from './steps.ts'

const changed = { status: [200, 204] } as const
/** As many as AWS allows in one request, and some more. */
const names = Array.from({ length: 120 }, (_, index) => `person${String(index).padStart(3, '0')}`)
const ids = names.map((name) => ({ value: `{{${name}}}` }))

/** Clients in their AWS mode keep to the limits of IAM Identity Center: one attribute an operation, 100 members a request. */
export const awsMode: Conversation = {
  client: 'A client in its AWS mode',
  rows: 'A-019',
  source:
    'docs.aws.amazon.com/singlesignon/latest/developerguide: limitations, PatchGroup; authentik _update_patch_aws',
  headers: { accept: 'application/scim+json', 'content-type': 'application/scim+json' },
  steps: [
    get(
      'looks for a user by two attributes',
      `/Users?${filter('userName eq "person000" and externalId eq "aws-person000"')}`,
      nothingFound,
    ),
    ...names.map((name) =>
      post(
        `creates ${name}`,
        '/Users',
        {
          schemas: [userSchema],
          userName: name,
          externalId: `aws-${name}`,
          displayName: name,
          name: { givenName: name, familyName: 'Example' },
          emails: [{ value: `${name}@aws.example`, type: 'work', primary: true }],
          active: true,
        },
        created({ userName: name }),
        { keep: { [name]: 'id' } },
      ),
    ),
    get(
      'matches by two attributes',
      `/Users?${filter('userName eq "person000" and externalId eq "aws-person000"')}`,
      found({ id: '{{person000}}' }),
    ),
    get('looks for a group', `/Groups?${filter('displayName eq "Engineers"')}`, nothingFound),
    post(
      'creates a group',
      '/Groups',
      { schemas: [groupSchema], displayName: 'Engineers', externalId: 'aws-engineers' },
      created({}),
      {
        keep: { engineers: 'id' },
      },
    ),
    patch(
      'adds 100 members',
      '/Groups/{{engineers}}',
      operations({ op: 'add', path: 'members', value: ids.slice(0, 100) }),
      changed,
    ),
    patch(
      'adds the rest',
      '/Groups/{{engineers}}',
      operations({ op: 'add', path: 'members', value: ids.slice(100) }),
      changed,
    ),
    desired('after the memberships', { active: names }, { Engineers: names }),
    get(
      'checks one membership',
      `/Groups?${filter('id eq "{{engineers}}" and members eq "{{person119}}"')}`,
      found({ id: '{{engineers}}' }),
    ),
    patch(
      'removes 100 members',
      '/Groups/{{engineers}}',
      operations(...ids.slice(0, 100).map(({ value }) => ({ op: 'remove', path: `members[value eq "${value}"]` }))),
      changed,
    ),
    patch(
      'renames the group attribute by attribute',
      '/Groups/{{engineers}}',
      operations(
        { op: 'replace', path: 'displayName', value: 'Engine Builders' },
        { op: 'replace', path: 'externalId', value: 'aws-engine-builders' },
      ),
      changed,
    ),
    desired('after the removals', { active: names }, { 'Engine Builders': names.slice(100) }),
    patch(
      'disables a user',
      '/Users/{{person119}}',
      operations({ op: 'replace', path: 'active', value: false }),
      changed,
    ),
    patch(
      'enables the user',
      '/Users/{{person119}}',
      operations({ op: 'replace', path: 'active', value: true }),
      changed,
    ),
    patch(
      'renames the user',
      '/Users/{{person119}}',
      operations({ op: 'replace', path: 'userName', value: 'renamed' }),
      changed,
    ),
    remove('deletes a user', '/Users/{{person000}}'),
    get('no longer finds the user', '/Users/{{person000}}', gone),
    post(
      'creates the user again',
      '/Users',
      {
        schemas: [userSchema],
        userName: 'person000',
        externalId: 'aws-person000',
        name: { givenName: 'a', familyName: 'b' },
        active: true,
      },
      created({ active: true }),
    ),
    remove('deletes the group', '/Groups/{{engineers}}'),
    desired('at the end', { active: [...names.slice(0, 119), 'renamed'] }, {}),
  ],
}
