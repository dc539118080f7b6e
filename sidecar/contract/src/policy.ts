import Type, { type Static } from 'typebox'

const closed = { additionalProperties: false } as const

const Expression = (what: string, fallback: string) =>
  Type.String({ default: fallback, minLength: 1, maxLength: 2000, description: `CEL expression for ${what}.` })

/** What happens to an account whose identity left. */
const leaving = (who: string, fallback: 'keep' | 'deactivate') =>
  Type.Object(
    {
      action: Type.Union([Type.Literal('keep'), Type.Literal('deactivate'), Type.Literal('delete')], {
        default: fallback,
        description:
          '`keep` leaves the account and reports it; `deactivate`; `delete` (only where the product lets it).',
      }),
      graceDays: Type.Integer({
        minimum: 0,
        maximum: 3650,
        default: 0,
        description: 'Days (24 h each) from the first complete reading without the person until the action.',
      }),
      removeFromGroups: Type.Boolean({
        default: true,
        description: 'Also take back the group memberships that Rollcall granted. Not with `keep`.',
      }),
    },
    { ...closed, default: {}, description: `What happens to the account of a person who is ${who}.` },
  )

/** How one connection provisions the accounts of one target. */
export const UserPolicy = Type.Object(
  {
    accounts: Type.Union([Type.Literal('provision'), Type.Literal('leaveAlone')], {
      default: 'provision',
      description:
        '`leaveAlone`: groups only. Accounts are adopted by match and never created, changed, deactivated or deleted; only memberships are provisioned. For directories that take no writes, such as an Active Directory that the product has itself.',
    }),
    create: Type.Boolean({ default: true, description: 'Import users: create accounts that do not exist.' }),
    update: Type.Boolean({ default: true, description: 'Update users: e-mail, display name and user name.' }),
    followEnabled: Type.Boolean({
      default: true,
      description: 'Enable and disable accounts as the identity provider does.',
    }),
    deleteDisabledAfterDays: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 3650,
        description:
          'With `followEnabled`: delete accounts this many days (24 h each) after their person was disabled; without it never.',
      }),
    ),
    userName: Type.Object(
      {
        expression: Expression('the user name', 'user.userName'),
        pattern: Type.Optional(
          Type.String({
            minLength: 1,
            maxLength: 500,
            description: 'RE2 pattern applied to the result, such as `(.*)@.*`.',
          }),
        ),
        replacement: Type.Optional(
          Type.String({ maxLength: 500, description: 'Replacement for `pattern`, with `$1` for the first group.' }),
        ),
      },
      { ...closed, default: {}, description: 'What makes the user name.' },
    ),
    email: Expression('the e-mail address', 'user.email'),
    displayName: Expression('the display name', 'user.displayName'),
    filter: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 2000,
        description: 'CEL condition; people for whom it is false are out of the provisioning scope.',
      }),
    ),
    customAttributes: Type.Array(
      Type.Object(
        {
          name: Type.String({ minLength: 1, maxLength: 100, description: 'Name shown in the product.' }),
          expression: Expression('the value', 'user.department'),
        },
        closed,
      ),
      { default: [], maxItems: 50, description: 'Written as entity properties of the account (Jira).' },
    ),
    adopt: Type.Union([Type.Literal('userName'), Type.Literal('email'), Type.Literal('never')], {
      default: 'userName',
      description: 'How an account that exists already is matched; `never` reports it as a conflict.',
    }),
    recycledName: Type.Union([Type.Literal('block'), Type.Literal('link'), Type.Literal('suffix')], {
      default: 'block',
      description:
        'A new person wants the name of somebody who left and whose account is still there: `block` reports a conflict, `link` gives them that account (a re-hire), `suffix` creates `name2`, `name3` and so on.',
    }),
    adoptEmailDomains: Type.Array(Type.String({ minLength: 1 }), {
      default: [],
      description: 'With `adopt: email`: the only domains whose addresses may match.',
    }),
    deleted: leaving('deleted at the provider, or missing from a complete reading', 'deactivate'),
    outOfScope: leaving('at the provider but out of the provisioning scope', 'keep'),
    defaultProjectLead: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'User name that takes over projects before their lead is deactivated.',
      }),
    ),
    defaultComponentLead: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'User name that takes over components before their lead is deactivated.',
      }),
    ),
  },
  { ...closed, default: {}, description: 'How accounts are provisioned.' },
)
export type UserPolicy = Static<typeof UserPolicy>

const defaultGroups = Type.Object(
  {
    newUsers: Type.Array(Type.String({ minLength: 1 }), {
      default: [],
      description: 'Given once, to accounts that Rollcall creates.',
    }),
    allUsers: Type.Array(Type.String({ minLength: 1 }), { default: [], description: 'Given to every active account.' }),
  },
  { ...closed, default: {}, description: 'Groups of the product that people get without the provider.' },
)

const nesting = Type.Union([Type.Literal('flatten'), Type.Literal('native')], {
  default: 'flatten',
  description:
    'Groups in groups: `flatten` makes people members of every group above their own; `native` nests the groups of the product (Crowd), and people are members of their own groups only.',
})

/** How one connection provisions the groups of one target. */
export const GroupPolicy = Type.Union(
  [
    Type.Object({ mode: Type.Literal('off'), defaultGroups }, closed),
    Type.Object(
      {
        mode: Type.Literal('manual'),
        mappings: Type.Array(
          Type.Object(
            {
              source: Type.String({ minLength: 1, description: 'Name or id of a group of the identity provider.' }),
              target: Type.String({ minLength: 1, description: 'Name of the group in the product.' }),
            },
            closed,
          ),
          { minItems: 1, description: 'Which source group feeds which target group, many to many.' },
        ),
        keepExistingMembers: Type.Boolean({
          default: true,
          description: 'Keep managed people in a mapped group whom the provider does not name.',
        }),
        removeUnclaimedMembers: Type.Boolean({
          default: false,
          description:
            'Also remove people Rollcall does not manage from mapped groups. Only with `keepExistingMembers` off; always held until somebody approves it.',
        }),
        createMissing: Type.Boolean({ default: false, description: 'Create mapped groups that do not exist.' }),
        nesting,
        defaultGroups,
      },
      closed,
    ),
    Type.Object(
      {
        mode: Type.Literal('onTheFly'),
        include: Type.Array(Type.String({ minLength: 1 }), {
          default: [],
          description: 'Names or ids of the only groups to provision; empty means all.',
        }),
        matching: Type.Optional(
          Type.String({
            minLength: 1,
            maxLength: 500,
            description: 'RE2 pattern that a group name must match as a whole.',
          }),
        ),
        rename: Type.Optional(
          Type.Object(
            {
              pattern: Type.String({ minLength: 1, maxLength: 500, description: 'RE2 pattern, such as `jira-(.*)`.' }),
              replacement: Type.String({
                maxLength: 500,
                description: 'What replaces it, with `$1` for the first group.',
              }),
            },
            { ...closed, description: 'RE2 pattern and replacement from the source name to the target name.' },
          ),
        ),
        keepUserGroups: Type.Boolean({
          default: true,
          description: 'Keep the groups that a managed person has without the provider.',
        }),
        removeUnclaimedMembers: Type.Boolean({
          default: false,
          description:
            'Also remove people Rollcall does not manage from mapped groups. Only with `keepUserGroups` off; always held until somebody approves it.',
        }),
        createMissing: Type.Boolean({ default: true, description: 'Create groups that do not exist.' }),
        nesting,
        deleteEmptied: Type.Boolean({
          default: false,
          description: 'Delete groups that Rollcall created once they are gone at the provider and empty of others.',
        }),
        deleteGraceDays: Type.Integer({
          minimum: 0,
          maximum: 3650,
          default: 30,
          description: 'With `deleteEmptied`: days (24 h each) from when the source group went.',
        }),
        defaultGroups,
      },
      closed,
    ),
  ],
  { default: { mode: 'off' }, description: 'How groups are provisioned, by `mode`.' },
)
export type GroupPolicy = Static<typeof GroupPolicy>

const limit = (what: string, count: string) =>
  Type.Object(
    {
      count: Type.Optional(Type.Integer({ minimum: 0, description: `Absolute limit; without it ${count}.` })),
      percent: Type.Number({ minimum: 0, maximum: 100, default: 20, description: 'Limit in percent.' }),
    },
    { ...closed, default: {}, description: what },
  )

/** Limits above which a plan is held. */
export const GuardPolicy = Type.Object(
  {
    accounts: limit(
      'Deactivations and deletions, of claimed accounts, within 24 h; the smaller of `count` and `percent`.',
      'the larger of 10 and 0.3 %',
    ),
    memberships: limit(
      'Removed memberships, of granted ones, within 24 h; the smaller of `count` and `percent`.',
      'the larger of 10 and 0.3 %',
    ),
    creates: limit(
      'Created accounts within 24 h, of claimed ones, after the first run; the larger of `count` and `percent`.',
      '50',
    ),
    activations: limit(
      'Reactivated accounts within 24 h, of claimed ones, after the first run; the larger of `count` and `percent`.',
      '50',
    ),
    sourceShrinkagePercent: Type.Number({
      minimum: 0,
      maximum: 100,
      default: 20,
      description: 'Fewer people than in the last complete reading, in percent.',
    }),
    assertions: Type.Array(
      Type.Object(
        {
          name: Type.String({ minLength: 1, maxLength: 200, description: 'What has to hold, in a sentence.' }),
          expression: Type.String({
            minLength: 1,
            maxLength: 2000,
            description:
              'CEL condition over `user`, `account` (`name`, `active`) and `groups`, as they are after the plan; it has to be true of every managed person.',
          }),
          severity: Type.Union([Type.Literal('hold'), Type.Literal('report')], {
            default: 'hold',
            description: '`hold` holds the plan; `report` makes a finding only.',
          }),
        },
        closed,
      ),
      { default: [], maxItems: 50, description: 'Conditions over the outcome of a plan.' },
    ),
    whenHeld: Type.Union([Type.Literal('proceed'), Type.Literal('wait')], {
      default: 'proceed',
      description: 'What the part of a held plan that takes nothing away does.',
    }),
  },
  { ...closed, default: {}, description: 'Limits above which a plan is held.' },
)
export type GuardPolicy = Static<typeof GuardPolicy>

/** How one connection provisions one target. */
export const Policy = Type.Object(
  { users: UserPolicy, groups: GroupPolicy, guard: GuardPolicy },
  { ...closed, default: {} },
)
export type Policy = Static<typeof Policy>
