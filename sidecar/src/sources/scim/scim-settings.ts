import Type, { type Static } from 'typebox'

const closed = { additionalProperties: false } as const

/** Settings of a connection that an identity provider pushes into. Its address and tokens are made by Rollcall. */
export const ScimSettings = Type.Object(
  {
    delivery: Type.Union([Type.Literal('queue'), Type.Literal('wait')], {
      default: 'queue',
      description:
        '`queue` answers as soon as the change is stored; `wait` delays the answer about one person up to 2 seconds, so that the logs of provider and target line up.',
    }),
    allowedAddresses: Type.Array(
      Type.String({
        pattern: '^(?:\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*)(?:/\\d{1,3})?$',
        description: 'Address or network, such as `203.0.113.0/24`.',
      }),
      { default: [], maxItems: 500, description: 'The only addresses that may call; empty means any.' },
    ),
    requestsPerSecond: Type.Integer({
      minimum: 1,
      maximum: 10_000,
      default: 200,
      description: 'More requests than this are answered with 429 and Retry-After.',
    }),
    jwt: Type.Optional(
      Type.Object(
        {
          issuer: Type.String({ minLength: 1, description: 'The only accepted `iss`.' }),
          audience: Type.String({ minLength: 1, description: 'The only accepted `aud`.' }),
          jwksUrl: Type.String({
            pattern: '^(?:https://|http://(?:localhost|127\\.0\\.0\\.1|\\[::1\\])[:/])',
            description: 'Where the issuer publishes its keys: `https`, or `http` on this machine.',
          }),
        },
        { ...closed, description: 'Accept bearer tokens signed by the provider, beside the tokens made here.' },
      ),
    ),
    allowPrivateAddresses: Type.Boolean({
      default: false,
      description: 'Fetch the keys of `jwt` also from loopback and private networks.',
    }),
  },
  { ...closed, default: {} },
)
export type ScimSettings = Static<typeof ScimSettings>
