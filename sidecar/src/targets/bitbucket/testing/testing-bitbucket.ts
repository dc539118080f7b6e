import { type BitbucketSimulator, startBitbucketSimulator } from '@rollcall/simulators/bitbucket/bitbucket-simulator'
import { admin, type BitbucketOptions, createBitbucket } from '@rollcall/simulators/bitbucket/create-bitbucket'
import { openTarget } from '../../registry.ts'
import type { Target } from '../../target.ts'
import type { OpenOptions } from '../../throttling.ts'

export interface BitbucketUnderTest {
  readonly simulator: BitbucketSimulator
  readonly target: Target
  /** Fails where something was sent that the official description does not allow. */
  close(): Promise<void>
}

/** A simulated Bitbucket with a target opened on it, as the administrator it comes with. */
export async function startBitbucket(
  options: BitbucketOptions = {},
  settings: Readonly<Record<string, unknown>> = {},
  open: OpenOptions = {},
  contextPath = '',
): Promise<BitbucketUnderTest> {
  const simulator = await startBitbucketSimulator({ bitbucket: createBitbucket(options), contextPath })
  const credentials = { method: 'basic', username: admin.name, password: admin.password }
  const target = openTarget('bitbucket', { url: `${simulator.url}/`, credentials, ...settings }, open)
  return {
    simulator,
    target,
    async close() {
      await target.close()
      await simulator.close()
      if (simulator.violations.length > 0) throw new Error(`Not allowed: ${JSON.stringify(simulator.violations)}`)
    },
  }
}
