import Type, { type Static } from 'typebox'
import { NoticesEntry } from './notices.ts'
import { GroupPolicy, GuardPolicy, UserPolicy } from './policy.ts'

const closed = { additionalProperties: false } as const
const Name = Type.String({ minLength: 1, maxLength: 100, description: 'Unique name, shown everywhere.' })
const Slug = Type.String({
  pattern: '^[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?$',
  description: 'Short name in URLs; fixed at creation and never reused. By default made from the name.',
})

const CredentialsExpireOn = Type.Optional(
  Type.String({
    pattern: '^\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])$',
    description: 'Day on which token, password or secret expires, where that cannot be read: Rollcall warns before it.',
  }),
)

/** When a connection runs by itself. */
export const Schedule = Type.Union(
  [
    Type.Literal('off'),
    Type.Literal('hourly'),
    Type.Literal('twiceDaily'),
    Type.Literal('daily'),
    Type.Literal('weekly'),
    Type.Object(
      {
        cron: Type.String({ minLength: 9, description: 'Five fields: minute, hour, day, month, weekday.' }),
        timeZone: Type.String({ default: 'UTC', description: 'IANA time zone, such as `Europe/Berlin`.' }),
      },
      closed,
    ),
  ],
  { default: 'off', description: 'When the connection runs by itself.' },
)
export type Schedule = Static<typeof Schedule>

export const TargetEntry = Type.Object(
  {
    name: Name,
    slug: Type.Optional(Slug),
    kind: Type.String({ description: 'Kind of target: `jira`, `confluence`, `bitbucket`, `crowd` or `jiraCloud`.' }),
    settings: Type.Unknown({ description: 'Settings of that kind.' }),
    administratorGroups: Type.Array(Type.String({ minLength: 1 }), {
      default: [],
      description:
        'Groups that give administration rights; protected. Without any, all groups of our own account are protected.',
    }),
    protected: Type.Object(
      {
        accounts: Type.Array(Type.String({ minLength: 1 }), { default: [], description: 'User names never touched.' }),
        groups: Type.Array(Type.String({ minLength: 1 }), { default: [], description: 'Groups never touched.' }),
      },
      { ...closed, default: {}, description: 'What no plan touches.' },
    ),
    concurrency: Type.Integer({
      minimum: 1,
      maximum: 64,
      default: 16,
      description: 'Most requests under way at once.',
    }),
    observeEveryHours: Type.Integer({
      minimum: 1,
      maximum: 168,
      default: 24,
      description: 'Age after which everything is listed again; between, stored state is used.',
    }),
    credentialsExpireOn: CredentialsExpireOn,
    paused: Type.Boolean({ default: false, description: 'Nothing is sent to the product.' }),
  },
  closed,
)
export type TargetEntry = Static<typeof TargetEntry>

export const ConnectionEntry = Type.Object(
  {
    name: Name,
    slug: Type.Optional(Slug),
    provider: Type.String({
      description:
        'Identity provider: `entra`; by LDAP `activeDirectory`, `openldap`, `389ds`, `ldap` for any; by SCIM also `okta`, `onelogin` and others, `custom` for any.',
    }),
    method: Type.Union([Type.Literal('rest'), Type.Literal('scim'), Type.Literal('ldap')], {
      default: 'rest',
      description:
        '`rest`: Rollcall reads the provider; `ldap`: Rollcall reads a directory server; `scim`: the provider pushes to Rollcall.',
    }),
    settings: Type.Unknown({ default: {}, description: 'Settings of that provider and method.' }),
    schedule: Schedule,
    credentialsExpireOn: CredentialsExpireOn,
    paused: Type.Boolean({ default: false, description: 'The connection does not run.' }),
    policies: Type.Array(
      Type.Object(
        {
          target: Type.String({ minLength: 1, description: 'Name or slug of a target.' }),
          users: UserPolicy,
          groups: GroupPolicy,
          guard: GuardPolicy,
        },
        closed,
      ),
      { minItems: 1, description: 'One policy for each target.' },
    ),
  },
  closed,
)
export type ConnectionEntry = Static<typeof ConnectionEntry>

/** The configuration file: everything that decides what is provisioned where. Secrets are references. */
export const Configuration = Type.Object(
  {
    version: Type.Literal(1, { description: 'Version of this format.' }),
    targets: Type.Array(TargetEntry, { default: [], description: 'Products that receive users and groups.' }),
    connections: Type.Array(ConnectionEntry, { default: [], description: 'Their order is their priority.' }),
    notices: Type.Optional(NoticesEntry),
  },
  closed,
)
export type Configuration = Static<typeof Configuration>
