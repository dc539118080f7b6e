import { afterEach } from 'vitest'
import type { Server } from '../../data-center/server.ts'
import { basic, type Reply } from '../../data-center/testing/client.ts'
import { type CrowdOptions, createCrowd } from '../create-crowd.ts'
import { application } from '../crowd.ts'
import { type CrowdSimulatorOptions, startCrowdSimulator } from '../crowd-simulator.ts'

const running: Server[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()))
})

/** Ends with the test. */
export function endingWithTest<T extends Server>(server: T): T {
  running.push(server)
  return server
}

/** A simulator with a client; it ends with the test. */
export async function startedCrowd(options: CrowdOptions = {}, rest: Omit<CrowdSimulatorOptions, 'crowd'> = {}) {
  const crowd = createCrowd(options)
  const simulator = endingWithTest(await startCrowdSimulator({ crowd, ...rest }))
  return { simulator, crowd, send: applicationOf(simulator.url) }
}

/** Sends single requests below `/rest/usermanagement/1` as an application; a header of `''` is left out. */
export function applicationOf(url: string, { name, password }: { name: string; password: string } = application) {
  return async function send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply> {
    const sent = {
      accept: 'application/json',
      ...basic(name, password),
      'x-atlassian-token': 'no-check',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    }
    const response = await fetch(`${url}/rest/usermanagement/1${path}`, {
      method,
      headers: Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== '')),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.startsWith('application/json')
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson && text ? JSON.parse(text) : undefined,
    }
  }
}
