import { afterEach } from 'vitest'
import { bearer, type Send, sendTo } from '../../data-center/testing/client.ts'
import {
  type ConfluenceSimulator,
  type ConfluenceSimulatorOptions,
  startConfluenceSimulator,
} from '../confluence-simulator.ts'
import { admin, type ConfluenceOptions, createConfluence } from '../create-confluence.ts'

const running: ConfluenceSimulator[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()))
})

/** A simulator with a client that is an administrator; it ends with the test. */
export async function startedConfluence(
  options: ConfluenceOptions = {},
  rest: Omit<ConfluenceSimulatorOptions, 'confluence'> = {},
) {
  const confluence = createConfluence(options)
  const simulator = await startConfluenceSimulator({ confluence, ...rest })
  running.push(simulator)
  const send: Send = sendTo(`${simulator.url}/rest/api`, bearer(admin.token))
  return { simulator, confluence, send }
}
