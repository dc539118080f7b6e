import Type, { type Static } from 'typebox'

const closed = { additionalProperties: false } as const
const secret = { minLength: 1, secret: true } as const
const guid = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}'

/** `https` anywhere, `http` on loopback only: tokens and secrets never cross a network in clear. */
const BaseUrl = (description: string) =>
  Type.String({
    pattern: '^(?:https://[^/?#@\\s]+|http://(?:localhost|127(?:\\.\\d{1,3}){3}|\\[::1\\])(?::\\d+)?)/?$',
    description,
  })

const Names = (description: string) =>
  Type.Array(Type.String({ minLength: 1, maxLength: 256 }), { default: [], maxItems: 500, description })

const Certificate = Type.Object(
  {
    certificate: Type.Optional(
      Type.String({ minLength: 1, description: 'The certificate as PEM, as uploaded to the app registration.' }),
    ),
    thumbprintSha256: Type.Optional(
      Type.String({
        pattern: '^(?:[0-9a-fA-F]{2}:?){31}[0-9a-fA-F]{2}$',
        description: 'SHA-256 thumbprint of the certificate, instead of the certificate itself.',
      }),
    ),
    privateKey: Type.String({ ...secret, description: 'Private key as PEM (PKCS#8 or PKCS#1).' }),
    passphrase: Type.Optional(Type.String({ ...secret, description: 'Passphrase of the private key.' })),
  },
  { ...closed, description: 'Certificate and key, instead of `clientSecret`.' },
)

/** Settings of an Entra ID connection. Application permissions are enough; no redirect URL is needed. */
export const GraphSettings = Type.Object(
  {
    tenantId: Type.String({
      pattern: `^(?:${guid}|(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\\.)+[A-Za-z]{2,})$`,
      description: "Directory (tenant) ID, from the app registration's overview page.",
    }),
    clientId: Type.String({
      pattern: `^${guid}$`,
      description: "Application (client) ID, from the app registration's overview page.",
    }),
    clientSecret: Type.Optional(
      Type.String({
        ...secret,
        description: 'Value of the client secret (not its ID). Either this or `certificate`.',
      }),
    ),
    certificate: Type.Optional(Certificate),
    secretExpiresOn: Type.Optional(
      Type.String({
        pattern: '^\\d{4}-\\d{2}-\\d{2}$',
        description: 'Day on which the secret or certificate expires; Rollcall warns before it.',
      }),
    ),
    cloud: Type.Union(
      [Type.Literal('global'), Type.Literal('usGov'), Type.Literal('usGovDod'), Type.Literal('china')],
      {
        default: 'global',
        description: 'National cloud: `global` (also GCC), `usGov` (GCC High), `usGovDod`, `china` (21Vianet).',
      },
    ),
    loginUrl: Type.Optional(BaseUrl('Sign-in host, instead of the one of the cloud.')),
    graphUrl: Type.Optional(BaseUrl('Microsoft Graph host, instead of the one of the cloud.')),
    allowPrivateAddresses: Type.Boolean({
      default: false,
      description: 'Connect to hosts in private networks; only for `loginUrl` and `graphUrl` of clouds of your own.',
    }),
    scope: Type.Object(
      {
        groups: Names('Synchronize users from these groups, nested ones included: object ids or display names.'),
        applications: Names(
          'Synchronize users assigned to these enterprise apps: application ids, object ids or names.',
        ),
      },
      { ...closed, default: {}, description: 'Nothing chosen means all users.' },
    ),
    guests: Type.Union([Type.Literal('include'), Type.Literal('exclude')], {
      default: 'include',
      description: 'What happens to guests (B2B users) of the tenant.',
    }),
    attributes: Type.Array(
      Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_]*(?:\\.[A-Za-z][A-Za-z0-9_]*)?$', maxLength: 256 }),
      {
        default: [],
        maxItems: 50,
        description:
          'More user properties for mappings, such as `employeeType`, `onPremisesExtensionAttributes.extensionAttribute1` or `extension_{app id without dashes}_{name}`.',
      },
    ),
  },
  // Exactly one credential.
  { ...closed, oneOf: [{ required: ['clientSecret'] }, { required: ['certificate'] }] },
)
export type GraphSettings = Static<typeof GraphSettings>

/** Sign-in and Graph roots of the national clouds (Microsoft Graph, token; Microsoft's `deployments.md`). */
const clouds = {
  global: { loginUrl: 'https://login.microsoftonline.com', graphUrl: 'https://graph.microsoft.com' },
  usGov: { loginUrl: 'https://login.microsoftonline.us', graphUrl: 'https://graph.microsoft.us' },
  usGovDod: { loginUrl: 'https://login.microsoftonline.us', graphUrl: 'https://dod-graph.microsoft.us' },
  china: { loginUrl: 'https://login.chinacloudapi.cn', graphUrl: 'https://microsoftgraph.chinacloudapi.cn' },
} as const satisfies Record<GraphSettings['cloud'], { loginUrl: string; graphUrl: string }>

export interface GraphHosts {
  readonly loginUrl: string
  readonly graphUrl: string
}

/** Where to sign in and where Graph is, as origins without a slash at the end. */
export function hostsOf(settings: GraphSettings): GraphHosts {
  const cloud = clouds[settings.cloud]
  return {
    loginUrl: new URL(settings.loginUrl ?? cloud.loginUrl).origin,
    graphUrl: new URL(settings.graphUrl ?? cloud.graphUrl).origin,
  }
}
