import type { ProductClient } from '../data-center/product-client.ts'
import { api } from './crowd-client.ts'
import { crowdFailures } from './crowd-product.ts'
import { usersOf } from './crowd-wire.ts'

/** Who answers: the application API tells it only in a header, a Jira also in its own API. */
export interface CrowdServer {
  readonly product: 'crowd' | 'jira'
  /** Empty where the server does not tell. */
  readonly version: string
  readonly serverId: string
  readonly baseUrl: string
  /** Its users have no key of their own. */
  readonly keyless: boolean
}

/** `X-Embedded-Crowd-Version: Crowd/6.0.1` [believed]; `serverInfo` of a Jira may be read without credentials. */
export async function readServer(client: ProductClient, signal: AbortSignal): Promise<CrowdServer> {
  const parameters = { 'entity-type': 'user', 'start-index': 0, 'max-results': 1, expand: 'user' }
  const answer = await client.get(`${api}/search`, parameters, signal)
  if (answer.status !== 200) throw crowdFailures.unexplained(answer, 'searching users')
  const keyless = usersOf(answer.body).some((user) => user.keyless)
  const embedded = /^(\w+)\/(\S+)/.exec(answer.headers['x-embedded-crowd-version'] ?? '')
  const jira = await readJira(client, signal)
  if (jira) return { product: 'jira', ...jira, keyless }
  return { product: 'crowd', version: embedded?.[2] ?? '', serverId: '', baseUrl: '', keyless }
}

type JiraFacts = Pick<CrowdServer, 'version' | 'serverId' | 'baseUrl'>

async function readJira(client: ProductClient, signal: AbortSignal): Promise<JiraFacts | undefined> {
  const answer = await client.getAnonymously('/rest/api/2/serverInfo', signal)
  if (answer.status !== 200 || typeof answer.body !== 'object' || answer.body === null) return undefined
  const { version, serverId, baseUrl } = answer.body as Record<string, unknown>
  if (typeof version !== 'string') return undefined
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  return { version, serverId: text(serverId), baseUrl: text(baseUrl) }
}
