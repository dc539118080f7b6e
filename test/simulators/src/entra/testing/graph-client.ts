import type { EntraSimulator } from '../entra-simulator.ts'
import type { Application } from '../tenant/application.ts'

/** What tests look at in an answer of Graph: they know its shape from the reference, and a wrong one fails them. */
export interface Reply {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: the test asserts the shape, which differs for every call
  readonly body: any
}

export type GraphClient = Awaited<ReturnType<typeof createGraphClient>>

/** A bare client for the tests of this simulator, independent of the product's. */
export async function createGraphClient(
  simulator: EntraSimulator,
  application: Application = simulator.tenant.application,
) {
  const token = await requestToken(simulator, application)
  const send = async (
    method: string,
    link: string,
    headers: Record<string, string> = {},
    body?: object,
  ): Promise<Reply> => {
    const url = link.startsWith('http') ? link : `${simulator.graphUrl}/v1.0${link}`
    const type: Record<string, string> = body ? { 'content-type': 'application/json' } : {}
    const content = body ? { body: JSON.stringify(body) } : {}
    const response = await fetch(url, {
      method,
      headers: { authorization: `Bearer ${token.body.access_token}`, ...type, ...headers },
      ...content,
    })
    return { status: response.status, headers: response.headers, body: await response.json() }
  }
  return {
    get: (link: string, headers?: Record<string, string>) => send('GET', link, headers),
    post: (link: string, body: object) => send('POST', link, {}, body),
  }
}

export async function requestToken(
  simulator: EntraSimulator,
  application: Application,
  changes: Record<string, string> = {},
  tenant = simulator.tenant.tenantId,
): Promise<Reply> {
  const form = {
    grant_type: 'client_credentials',
    client_id: application.clientId,
    client_secret: application.secrets[0]?.value ?? '',
    scope: `${simulator.graphUrl}/.default`,
    ...changes,
  }
  const response = await fetch(`${simulator.loginUrl}/${tenant}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  })
  return { status: response.status, headers: response.headers, body: await response.json() }
}
