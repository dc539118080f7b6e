import { type BitbucketSimulator, startBitbucketSimulator } from '@rollcall/simulators/bitbucket/bitbucket-simulator'
import { admin, type BitbucketOptions, createBitbucket } from '@rollcall/simulators/bitbucket/create-bitbucket'
import { type UnderTest, underTest } from '../../testing/under-test.ts'
import type { OpenOptions } from '../../throttling.ts'

export type BitbucketUnderTest = UnderTest<BitbucketSimulator>

/** A simulated Bitbucket with a target opened on it, as the administrator it comes with. */
export async function startBitbucket(
  options: BitbucketOptions = {},
  settings: Readonly<Record<string, unknown>> = {},
  open: OpenOptions = {},
  contextPath = '',
): Promise<BitbucketUnderTest> {
  const simulator = await startBitbucketSimulator({ bitbucket: createBitbucket(options), contextPath })
  const credentials = { method: 'basic', username: admin.name, password: admin.password }
  return underTest('bitbucket', simulator, { credentials, ...settings }, open)
}
