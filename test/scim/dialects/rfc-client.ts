import type { Conversation } from './conversation.ts'
import {
  created,
  desired,
  enterpriseSchema,
  filter,
  found,
  get,
  gone,
  groupSchema,
  operations,
  patch,
  post,
  put,
  remove,
  userSchema,
} from './steps.ts'

const badgeSchema = 'urn:ietf:params:scim:schemas:extension:Example:2.0:User'

/** Any other client: what RFC 7643, 7644 and 9865 say, with versions, search, bulk, cursors and an extension of its own. */
export const rfcClient: Conversation = {
  client: 'Custom SCIM App',
  rows: 'A-017',
  source: 'RFC 7643, RFC 7644, RFC 9865',
  headers: { accept: 'application/scim+json', 'content-type': 'application/scim+json' },
  steps: [
    get('reads what the service can do', '/ServiceProviderConfig', {
      status: 200,
      body: {
        patch: { supported: true },
        bulk: { supported: true },
        filter: { supported: true },
        sort: { supported: true },
        etag: { supported: true },
        pagination: { cursor: true, index: true },
      },
    }),
    get('reads the resource types', '/ResourceTypes', {
      status: 200,
      body: {
        totalResults: 2,
        Resources: [
          { id: 'User', endpoint: '/Users' },
          { id: 'Group', endpoint: '/Groups' },
        ],
      },
    }),
    get('reads a schema', `/Schemas/${userSchema}`, { status: 200, body: { id: userSchema, name: 'User' } }),
    post(
      'creates a user with an extension nobody described',
      '/Users',
      {
        schemas: [userSchema, enterpriseSchema, badgeSchema],
        UserName: 'Ada',
        externalId: 'rfc-ada',
        name: { givenName: 'Ada', familyName: 'Lovelace' },
        active: true,
        emails: [
          { value: 'ada@work.example', type: 'work', primary: true },
          { value: 'ada@home.example', type: 'home' },
        ],
        [enterpriseSchema]: { department: 'Engines' },
        [badgeSchema]: { badge: 'B-1815' },
      },
      {
        ...created({
          userName: 'Ada',
          [enterpriseSchema]: { department: 'Engines' },
          [badgeSchema]: { badge: 'B-1815' },
        }),
        headers: { location: /\/Users\/./, etag: /^(W\/)?"/ },
      },
      { keep: { ada: 'id', adaVersion: 'meta.version' } },
    ),
    get(
      'is told that nothing has changed',
      '/Users/{{ada}}',
      { status: 304 },
      { headers: { 'if-none-match': '{{adaVersion}}' } },
    ),
    patch(
      'changes the version that it knows',
      '/Users/{{ada}}',
      operations({ op: 'add', path: 'nickName', value: 'Countess' }),
      { status: [200, 204] },
      { headers: { 'if-match': '{{adaVersion}}' } },
    ),
    patch(
      'is refused with a version that has passed',
      '/Users/{{ada}}',
      operations({ op: 'replace', path: 'nickName', value: 'Nobody' }),
      { status: 412, body: { status: '412' } },
      { headers: { 'if-match': '{{adaVersion}}' } },
    ),
    patch(
      'fails as a whole when one operation of it fails',
      '/Users/{{ada}}',
      operations({ op: 'replace', path: 'nickName', value: 'Nobody' }, { op: 'remove', path: 'userName' }),
      { status: 400, body: { status: '400', scimType: /./ } },
    ),
    get('reads a part', '/Users/{{ada}}?attributes=nickName,name.familyName', {
      status: 200,
      body: {
        id: '{{ada}}',
        schemas: [userSchema, enterpriseSchema, badgeSchema],
        nickName: 'Countess',
        name: { familyName: 'Lovelace' },
      },
      without: ['userName', 'name.givenName', 'emails'],
    }),
    post(
      'makes a user and a group that contains it, in one bulk',
      '/Bulk',
      {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
        failOnErrors: 1,
        Operations: [
          {
            method: 'POST',
            path: '/Groups',
            bulkId: 'group',
            data: {
              schemas: [groupSchema],
              displayName: 'Engineers',
              members: [{ value: 'bulkId:bob' }, { value: '{{ada}}' }],
            },
          },
          {
            method: 'POST',
            path: '/Users',
            bulkId: 'bob',
            data: { schemas: [userSchema], userName: 'bob', active: true },
          },
        ],
      },
      {
        status: 200,
        body: {
          Operations: [
            { method: 'POST', bulkId: 'group', status: '201', location: /\/Groups\/./ },
            { method: 'POST', bulkId: 'bob', status: '201', location: /\/Users\/./ },
          ],
        },
      },
    ),
    get(
      'finds the group',
      `/Groups?${filter('displayName sw "engin"')}`,
      { status: 200, body: { totalResults: 1 } },
      {
        keep: { engineers: 'Resources.0.id' },
      },
    ),
    get(
      'finds the user',
      `/Users?${filter('userName eq "BOB"')}`,
      { status: 200, body: { totalResults: 1 } },
      {
        keep: { bob: 'Resources.0.id' },
      },
    ),
    desired('after the bulk', { active: ['Ada', 'bob'] }, { Engineers: ['Ada', 'bob'] }),
    post(
      'searches without a query in the address',
      '/Users/.search',
      {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
        attributes: ['userName'],
        filter: 'emails[type eq "home" and value ew ".example"] or not (emails pr)',
        sortBy: 'userName',
        sortOrder: 'descending',
        startIndex: 1,
        count: 10,
      },
      found({ userName: 'bob' }, { userName: 'Ada' }),
    ),
    get(
      'begins to page by cursor',
      '/Users?cursor&count=1',
      { status: 200, body: { Resources: [{ userName: /./ }] } },
      {
        keep: { next: 'nextCursor' },
      },
    ),
    get('reads the next page', '/Users?cursor={{next}}&count=1', {
      status: 200,
      body: { Resources: [{ userName: /./ }] },
    }),
    get('is refused with a filter that is none', `/Users?${filter('userName is "Ada"')}`, {
      status: 400,
      body: { status: '400', scimType: 'invalidFilter' },
    }),
    put(
      'replaces the group',
      '/Groups/{{engineers}}',
      { schemas: [groupSchema], displayName: 'Engine Builders', members: [{ value: '{{ada}}' }] },
      { status: 200, body: { displayName: 'Engine Builders', members: [{ value: '{{ada}}' }] } },
    ),
    patch('disables the user', '/Users/{{ada}}', operations({ op: 'replace', path: 'active', value: false }), {
      status: [200, 204],
    }),
    desired('while the user is disabled', { active: ['bob'], disabled: ['Ada'] }, { 'Engine Builders': ['Ada'] }),
    patch(
      'enables and renames the user by a qualified name',
      '/Users/{{ada}}',
      operations(
        { op: 'replace', path: 'active', value: true },
        { op: 'replace', path: `${userSchema}:userName`, value: 'ada.king' },
      ),
      { status: [200, 204] },
    ),
    remove('deletes a user', '/Users/{{bob}}'),
    get('no longer finds the user', '/Users/{{bob}}', gone),
    post(
      'creates a user of the same name',
      '/Users',
      { schemas: [userSchema], userName: 'bob', active: true },
      created({}),
    ),
    get('does not find what is not there', '/Nothing', gone),
    remove('deletes the group', '/Groups/{{engineers}}'),
    desired('at the end', { active: ['ada.king', 'bob'], deleted: ['bob'] }, {}),
  ],
}
