import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Tenant } from '../tenant/tenant.ts'
import type { AccessTokens } from './access-tokens.ts'
import { type OAuthError, oauthErrorBody, oauthErrors } from './oauth-error.ts'
import { decideTokenRequest, isTenantName } from './token-request.ts'

interface LoginDependencies {
  readonly tenant: Tenant
  readonly tokens: AccessTokens
  readonly now: () => Date
}

type TenantRequest = FastifyRequest<{ Params: { tenant: string } }>

/** The part of login.microsoftonline.com that a confidential client calls. */
export async function loginRoutes(app: FastifyInstance, { tenant, tokens, now }: LoginDependencies): Promise<void> {
  const refuse = (request: FastifyRequest, reply: FastifyReply, error: OAuthError) =>
    reply.code(error.status).send(oauthErrorBody(error, now(), originOf(request)))

  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  )

  app.post('/:tenant/oauth2/v2.0/token', async (request: TenantRequest, reply) => {
    const form = new URLSearchParams(typeof request.body === 'string' ? request.body : '')
    const decision = decideTokenRequest(tenant, { tenant: request.params.tenant, host: request.host, form, now: now() })
    if (decision.kind === 'refused') return refuse(request, reply, decision.error)
    const lifetime = tokens.lifetimeSeconds
    return reply.header('cache-control', 'no-store, no-cache').send({
      token_type: 'Bearer',
      expires_in: lifetime,
      ext_expires_in: lifetime,
      access_token: tokens.issue(decision.application),
    })
  })

  app.get('/:tenant/v2.0/.well-known/openid-configuration', async (request: TenantRequest, reply) => {
    const name = request.params.tenant
    if (!isTenantName(tenant, name)) return refuse(request, reply, oauthErrors.tenantNotFound(name))
    return openIdConfiguration(originOf(request), name, tenant.tenantId)
  })
}

/**
 * Entra announces https addresses only, and MSAL insists on them: `authority_uri_insecure` otherwise. A client that
 * reaches this simulator without TLS gives MSAL an https authority, `knownAuthorities` (or MSAL asks
 * login.microsoftonline.com about the host) and `authorityMetadata` whose token endpoint is the http one.
 */
const originOf = (request: FastifyRequest): string => `https://${request.host}`

const openIdConfiguration = (origin: string, name: string, tenantId: string) => ({
  token_endpoint: `${origin}/${name}/oauth2/v2.0/token`,
  token_endpoint_auth_methods_supported: [
    'client_secret_post',
    'private_key_jwt',
    'client_secret_basic',
    'self_signed_tls_client_auth',
  ],
  jwks_uri: `${origin}/${name}/discovery/v2.0/keys`,
  response_modes_supported: ['query', 'fragment', 'form_post'],
  subject_types_supported: ['pairwise'],
  id_token_signing_alg_values_supported: ['RS256'],
  response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
  scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
  issuer: `${origin}/${tenantId}/v2.0`,
  authorization_endpoint: `${origin}/${name}/oauth2/v2.0/authorize`,
  end_session_endpoint: `${origin}/${name}/oauth2/v2.0/logout`,
})
