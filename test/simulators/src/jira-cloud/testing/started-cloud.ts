import { afterEach } from 'vitest'
import { basic, bearer, type Reply, sendTo } from '../../data-center/testing/client.ts'
import { type CloudSimulator, type CloudSimulatorOptions, startCloudSimulator } from '../cloud-simulator.ts'
import { admin, type CloudOptions, createCloud } from '../create-cloud.ts'

const running: CloudSimulator[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()))
})

/** A simulator with clients for site and organization, as its administrator; it ends with the test. */
export async function startedCloud(options: CloudOptions = {}, rest: Omit<CloudSimulatorOptions, 'cloud'> = {}) {
  const cloud = createCloud(options)
  const simulator = await startCloudSimulator({ cloud, ...rest })
  running.push(simulator)
  const send = sendTo(`${simulator.url}/rest/api/3`, basic(admin.email, admin.token))
  const organization = sendTo(simulator.organizationUrl, bearer(admin.organizationKey))
  /** Manages the account of this e-mail. */
  const manage = (email: string, method: string, path: string, body?: unknown): Promise<Reply> =>
    organization(method, `/users/${cloud.change.account(email).accountId}/manage${path}`, body)
  const idOf = (email: string): string => cloud.change.account(email).accountId
  return { simulator, cloud, send, organization, manage, idOf }
}

/** Sends as somebody else, who gets an API token for it. */
export function sendAs(
  { simulator, cloud }: { simulator: CloudSimulator; cloud: CloudSimulator['cloud'] },
  email: string,
) {
  cloud.change.addToken(`token of ${email}`, email)
  return sendTo(`${simulator.url}/rest/api/3`, basic(email, `token of ${email}`))
}
