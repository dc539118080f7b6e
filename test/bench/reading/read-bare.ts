import { Pool } from 'undici'
import { watchCpu } from '../probes/cpu.ts'
import { program } from '../processes/program.ts'
import type { TenantFacts } from '../processes/tenant.ts'

export interface BareInput {
  readonly tenant: TenantFacts
  /** First links of the two rounds. */
  readonly users: string
  readonly groups: string
}

export interface BareResult {
  readonly seconds: number
  readonly cpuSeconds: number
  readonly pages: number
  readonly entries: number
}

interface Page {
  readonly value: readonly { readonly 'members@delta'?: readonly object[] }[]
  readonly '@odata.nextLink'?: string
}

/**
 * The floor of a reading: signs in, then follows both rounds and parses every page. As our source does, it asks for the
 * first pages of both rounds at once and for each next page as soon as its link is known; nothing else is in parallel.
 */
program(async ({ tenant, users, groups }: BareInput): Promise<BareResult> => {
  const started = performance.now()
  const cpu = watchCpu()
  const pool = new Pool(tenant.url, { connections: 8 })
  const headers = { authorization: `Bearer ${await signIn(pool, tenant)}`, accept: 'application/json' }
  const counted = { pages: 0, entries: 0 }
  const fetchPage = async (path: string): Promise<Page> => {
    const { body } = await pool.request({ method: 'GET', path, headers })
    return JSON.parse(await body.text())
  }
  const follow = async (first: Promise<Page>) => {
    for (let coming: Promise<Page> | undefined = first; coming; ) {
      const page: Page = await coming
      const next = page['@odata.nextLink']
      coming = next === undefined ? undefined : fetchPage(next.slice(tenant.url.length))
      counted.pages += 1
      counted.entries += page.value.reduce((sum, entity) => sum + 1 + (entity['members@delta']?.length ?? 0), 0)
    }
  }
  const [firstUsers, firstGroups] = [fetchPage(users), fetchPage(groups)]
  await follow(firstUsers)
  await follow(firstGroups)
  const seconds = (performance.now() - started) / 1000
  const cpuSeconds = cpu.seconds()
  await pool.close()
  return { seconds, cpuSeconds, ...counted }
})

async function signIn(pool: Pool, { tenantId, clientId, clientSecret, url }: TenantFacts): Promise<string> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    scope: `${new URL(url).origin}/.default`,
  })
  const answer = await pool.request({
    method: 'POST',
    path: `/${tenantId}/oauth2/v2.0/token`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: body.toString(),
  })
  const { access_token: token } = (await answer.body.json()) as { access_token?: string }
  if (token === undefined) throw new Error(`The floor could not sign in: ${answer.statusCode}.`)
  return token
}
