import type { Application } from '../tenant/application.ts'
import type { Tenant } from '../tenant/tenant.ts'
import { refuseAssertion } from './client-assertion.ts'
import { type OAuthError, oauthErrors } from './oauth-error.ts'

export interface TokenRequest {
  /** What the client wrote in the path. */
  readonly tenant: string
  readonly host: string
  readonly form: URLSearchParams
  readonly now: Date
}

type Decision = { kind: 'granted'; application: Application } | { kind: 'refused'; error: OAuthError }

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** Decides about a client credentials request (Microsoft Graph, token). */
export function decideTokenRequest(tenant: Tenant, request: TokenRequest): Decision {
  const application = tenant.state.applications.find(({ clientId }) => clientId === request.form.get('client_id'))
  const error = refuseRequest(tenant, request) ?? refuseClient(application, request)
  if (error) return { kind: 'refused', error }
  return application
    ? { kind: 'granted', application }
    : { kind: 'refused', error: oauthErrors.applicationNotFound(request.form.get('client_id') ?? '', request.tenant) }
}

export const isTenantName = (tenant: Tenant, name: string): boolean =>
  [tenant.tenantId, tenant.domain].includes(name.toLowerCase())

function refuseRequest(tenant: Tenant, { tenant: name, form, host }: TokenRequest): OAuthError | undefined {
  if (!isTenantName(tenant, name)) return oauthErrors.tenantNotFound(name)
  for (const required of ['grant_type', 'client_id', 'scope']) {
    if (!form.get(required)) return oauthErrors.parameterMissing(required)
  }
  if (form.get('grant_type') !== 'client_credentials') return oauthErrors.grantNotSupported()
  return refuseScope(form.get('scope') ?? '', host, name)
}

/** MSAL adds the OpenID scopes to its own; the resource must be the Graph of this cloud (Microsoft Graph, token). */
function refuseScope(scope: string, host: string, tenant: string): OAuthError | undefined {
  const resources = scope.split(' ').filter((each) => each && !['openid', 'profile', 'offline_access'].includes(each))
  const [only = '', ...others] = resources
  if (others.length > 0 || !only.endsWith('/.default')) return oauthErrors.scopeNotDefault(scope)
  const resource = only.slice(0, -'/.default'.length)
  const known = [`http://${host}`, `https://${host}`, 'https://graph.microsoft.com']
  return known.includes(resource.replace(/\/$/, '')) ? undefined : oauthErrors.resourceNotFound(resource, tenant)
}

function refuseClient(application: Application | undefined, request: TokenRequest): OAuthError | undefined {
  const { form, tenant, host, now } = request
  if (!application) return undefined
  const { clientId, certificates } = application
  if (form.get('client_assertion_type') === assertionType) {
    const audience = `${host}/${tenant}/oauth2/v2.0/token`
    return refuseAssertion(form.get('client_assertion') ?? '', { clientId, certificates, audience, now })
  }
  const given = form.get('client_secret')
  if (!given) return oauthErrors.credentialMissing()
  const secret = application.secrets.find(({ value }) => value === given)
  if (!secret) return oauthErrors.wrongSecret(clientId)
  return Date.parse(secret.expiresAt) <= now.getTime() ? oauthErrors.expiredSecret(clientId) : undefined
}
