import Type, { type Static } from 'typebox'

const closed = { additionalProperties: false } as const
const secret = { minLength: 1, secret: true } as const

const Dn = (description: string) => Type.String({ minLength: 3, maxLength: 2000, pattern: '=', description })
const AttributeName = (description: string) =>
  Type.String({ pattern: '^[A-Za-z][A-Za-z0-9.;-]*$', maxLength: 200, description })
const Filter = (description: string) => Type.String({ minLength: 3, maxLength: 10_000, description })
const Pem = (description: string) => Type.String({ minLength: 1, maxLength: 100_000, description })
const Seconds = (preset: number, description: string) =>
  Type.Integer({ minimum: 1, maximum: 3600, default: preset, description })

const Tls = Type.Object(
  {
    ca: Type.Optional(Pem('Certificates of the authorities to trust, as PEM, instead of those of the system.')),
    servername: Type.Optional(
      Type.String({ minLength: 1, maxLength: 253, description: 'Name in the certificate, where it is not the host.' }),
    ),
    clientCertificate: Type.Optional(
      Type.Object(
        {
          certificate: Pem('Client certificate as PEM.'),
          privateKey: Type.String({ ...secret, description: 'Its private key as PEM.' }),
          passphrase: Type.Optional(Type.String({ ...secret, description: 'Passphrase of the private key.' })),
        },
        { ...closed, description: 'Shown to the server; without `bindDn` it is also what signs in (SASL EXTERNAL).' },
      ),
    ),
  },
  { ...closed, default: {}, description: 'How the encrypted connection is checked.' },
)

const Timeouts = Type.Object(
  {
    connectSeconds: Seconds(10, 'To connect and to set up encryption.'),
    searchSeconds: Seconds(120, 'For one page of a search.'),
    idleSeconds: Seconds(60, 'Without a single byte while an answer is awaited.'),
  },
  { ...closed, default: {}, description: 'How long the server is waited for.' },
)

const Users = Type.Object(
  {
    base: Type.Optional(Dn('Where people are, if not everywhere below `baseDn`.')),
    filter: Type.Optional(Filter('Which entries are people, instead of the filter of the kind of server.')),
    id: Type.Optional(AttributeName('Attribute that identifies a person for ever; never a name.')),
    login: Type.Optional(AttributeName('Attribute that people sign in with: `sAMAccountName`, `uid`.')),
    email: Type.Optional(AttributeName('Attribute with the e-mail address.')),
    displayName: Type.Optional(AttributeName('Attribute with the name as shown.')),
    enabled: Type.Union(
      [
        Type.Literal('server'),
        Type.Literal('always'),
        Type.Object(
          {
            attribute: AttributeName('Attribute that says so.'),
            disabledWhen: Type.Array(Type.String({ minLength: 1 }), {
              minItems: 1,
              description:
                'Values, upper or lower case, that mean disabled. Without the attribute a person is enabled.',
            }),
          },
          { ...closed, description: 'A rule of your own.' },
        ),
      ],
      {
        default: 'server',
        description:
          'Who is enabled: by the rule of the kind of `server`, everybody `always`, or by an attribute of your own.',
      },
    ),
    lockedIsDisabled: Type.Union([Type.Literal('never'), Type.Literal('permanent'), Type.Literal('any')], {
      default: 'permanent',
      description: 'OpenLDAP password policy: which locks of an account count as disabled.',
    }),
  },
  { ...closed, default: {}, description: 'How people are found and read.' },
)

const Groups = Type.Object(
  {
    base: Type.Optional(Dn('Where groups are, if not everywhere below `baseDn`.')),
    filter: Type.Optional(Filter('Which entries are groups, instead of the filter of the kind of server.')),
    id: Type.Optional(AttributeName('Attribute that identifies a group for ever.')),
    name: Type.Optional(AttributeName('Attribute with the name of the group.')),
    memberDn: Type.Optional(
      Type.Array(AttributeName('Attribute.'), {
        maxItems: 5,
        description: 'Attributes that list members by their DN.',
      }),
    ),
    memberLogin: Type.Optional(
      Type.Array(AttributeName('Attribute.'), {
        maxItems: 5,
        description: 'Attributes that list members by login name, such as `memberUid`.',
      }),
    ),
    primary: Type.Optional(
      Type.Boolean({
        description:
          'Count the primary group as well: `primaryGroupID` in Active Directory (on by default), `gidNumber` elsewhere (off; every reading is then a full one).',
      }),
    ),
  },
  { ...closed, default: {}, description: 'How groups are found and read.' },
)

/** Settings of a connection to a directory server. What is left out is as the kind of server has it. */
export const LdapSettings = Type.Object(
  {
    urls: Type.Array(
      Type.String({
        pattern: '^ldaps?://(?:\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9._-]+)(?::\\d{1,5})?/?$',
        description: 'Such as `ldaps://dc1.example.com`.',
      }),
      {
        minItems: 1,
        maxItems: 10,
        description: 'Servers with the same content; the first that can be reached is used.',
      },
    ),
    startTls: Type.Boolean({
      default: false,
      description: 'Encrypt `ldap://` connections by StartTLS before anything.',
    }),
    allowUnencrypted: Type.Boolean({
      default: false,
      description: 'Send the password in clear; on this machine (loopback) that needs no permission.',
    }),
    tls: Tls,
    bindDn: Type.Optional(
      Type.String({
        minLength: 3,
        maxLength: 2000,
        pattern: '[=@\\\\]',
        description: 'Account that reads: a DN, or for Active Directory also `name@domain`.',
      }),
    ),
    bindPassword: Type.Optional(Type.String({ ...secret, description: 'Password of that account.' })),
    baseDn: Dn('Below it are all people and groups, such as `DC=example,DC=com`.'),
    canaryDn: Type.Optional(
      Dn('Entry that always exists. It is read first; if it cannot be, the bind account has lost rights.'),
    ),
    users: Users,
    groups: Groups,
    attributes: Type.Array(Type.String({ pattern: '^(?:\\*|[A-Za-z][A-Za-z0-9.;-]*)$', maxLength: 200 }), {
      default: [],
      maxItems: 200,
      description:
        'More attributes of people for mappings; `*` reads all of them. `rollcall attributes` lists what there is.',
    }),
    scope: Type.Object(
      {
        groups: Type.Array(Type.String({ minLength: 1, maxLength: 256 }), {
          default: [],
          maxItems: 500,
          description: 'Synchronize users from these groups, nested ones included: ids or names.',
        }),
      },
      { ...closed, default: {}, description: 'Nothing chosen means all users.' },
    ),
    pageSize: Type.Integer({
      minimum: 1,
      maximum: 5000,
      default: 1000,
      description: 'Entries in one page of a search.',
    }),
    timeouts: Timeouts,
    referrals: Type.Union([Type.Literal('fail'), Type.Literal('ignore')], {
      default: 'fail',
      description:
        'What happens when the server says that a part of the base is on another server: `fail`, or go on without that part.',
    }),
    incremental: Type.Boolean({
      default: true,
      description: 'Between full readings ask for changes only, where the kind of server can tell them.',
    }),
    enumerateEveryHours: Type.Number({
      minimum: 0,
      maximum: 168,
      default: 24,
      description: 'How often all ids are listed, to find what was deleted; 0 means with every reading.',
    }),
    readFullyEveryHours: Type.Number({
      minimum: 1,
      maximum: 720,
      default: 168,
      description: 'Age after which everything is read again, whatever the changes say.',
    }),
    overlapSeconds: Type.Integer({
      minimum: 0,
      maximum: 86_400,
      default: 300,
      description: 'By how much readings by time overlap, so that changes that replicate late are seen.',
    }),
  },
  closed,
)
export type LdapSettings = Static<typeof LdapSettings>
