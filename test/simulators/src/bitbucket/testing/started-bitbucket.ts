import { afterEach } from 'vitest'
import { basic, type Send, sendTo } from '../../data-center/testing/client.ts'
import {
  type BitbucketSimulator,
  type BitbucketSimulatorOptions,
  startBitbucketSimulator,
} from '../bitbucket-simulator.ts'
import { admin, type BitbucketOptions, createBitbucket } from '../create-bitbucket.ts'

const running: BitbucketSimulator[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()))
})

/** A simulator with a client that is an administrator; it ends with the test. */
export async function startedBitbucket(
  options: BitbucketOptions = {},
  rest: Omit<BitbucketSimulatorOptions, 'bitbucket'> = {},
) {
  const bitbucket = createBitbucket(options)
  const simulator = await startBitbucketSimulator({ bitbucket, ...rest })
  running.push(simulator)
  const send: Send = sendTo(`${simulator.url}/rest/api/latest`, basic(admin.name, admin.password))
  return { simulator, bitbucket, send }
}
