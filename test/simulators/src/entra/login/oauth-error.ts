/** How Entra refuses a token. The AADSTS number tells the cause, `error` only the class. */
export interface OAuthError {
  readonly status: number
  readonly error: string
  readonly code: number
  readonly message: string
}

const refusal = (status: number, error: string, code: number, message: string): OAuthError => ({
  status,
  error,
  code,
  message,
})

/** Numbers and texts as in Microsoft's list of AADSTS codes (learn.microsoft.com/entra/identity-platform/reference-error-codes). */
export const oauthErrors = {
  tenantNotFound: (tenant: string) =>
    refusal(
      400,
      'invalid_request',
      90002,
      `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
    ),
  applicationNotFound: (clientId: string, tenant: string) =>
    refusal(
      400,
      'unauthorized_client',
      700016,
      `Application with identifier '${clientId}' was not found in the directory '${tenant}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
    ),
  wrongSecret: (clientId: string) =>
    refusal(
      401,
      'invalid_client',
      7000215,
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${clientId}'.`,
    ),
  expiredSecret: (clientId: string) =>
    refusal(
      401,
      'invalid_client',
      7000222,
      `The provided client secret keys for app '${clientId}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.`,
    ),
  credentialMissing: () =>
    refusal(
      401,
      'invalid_client',
      7000216,
      `'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.`,
    ),
  parameterMissing: (name: string) =>
    refusal(400, 'invalid_request', 900144, `The request body must contain the following parameter: '${name}'.`),
  grantNotSupported: () =>
    refusal(400, 'unsupported_grant_type', 70003, 'The app requested an unsupported grant type.'),
  scopeNotDefault: (scope: string) =>
    refusal(
      400,
      'invalid_scope',
      1002012,
      `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
    ),
  resourceNotFound: (resource: string, tenant: string) =>
    refusal(
      400,
      'invalid_resource',
      500011,
      `The resource principal named ${resource} was not found in the tenant named ${tenant}.`,
    ),
  assertionAudience: () =>
    refusal(401, 'invalid_client', 700023, 'Client assertion audience claim does not match Realm issuer.'),
  assertionTime: () => refusal(401, 'invalid_client', 700024, 'Client assertion is not within its valid time range.'),
  assertionIssuer: () =>
    refusal(
      401,
      'invalid_client',
      700021,
      `Client assertion application identifier doesn't match 'client_id' parameter.`,
    ),
  assertionMalformed: () => refusal(401, 'invalid_client', 50027, 'JWT token is invalid or malformed.'),
  certificateUnknown: (clientId: string) =>
    refusal(
      401,
      'invalid_client',
      700027,
      `The certificate with identifier used to sign the client assertion is not registered on application. [Reason - The key was not found., Please visit the Azure Portal, Graph Explorer or directly use MS Graph to see configured keys for app Id '${clientId}'.]`,
    ),
  signatureWrong: () =>
    refusal(
      401,
      'invalid_client',
      700027,
      'Client assertion failed signature validation. [Reason - The provided signature value did not match the expected signature value.]',
    ),
} satisfies Record<string, (...parts: string[]) => OAuthError>

export function oauthErrorBody({ error, code, message }: OAuthError, now: Date, loginUrl: string): object {
  const [trace_id, correlation_id] = [crypto.randomUUID(), crypto.randomUUID()]
  const timestamp = `${now.toISOString().slice(0, 19).replace('T', ' ')}Z`
  const trail = `Trace ID: ${trace_id} Correlation ID: ${correlation_id} Timestamp: ${timestamp}`
  return {
    error,
    error_description: `AADSTS${code}: ${message} ${trail}`,
    error_codes: [code],
    timestamp,
    trace_id,
    correlation_id,
    error_uri: `${loginUrl}/error?code=${code}`,
  }
}
