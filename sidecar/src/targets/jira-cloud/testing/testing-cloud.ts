import { type CloudSimulator, startCloudSimulator } from '@rollcall/simulators/jira-cloud/cloud-simulator'
import { admin, type CloudOptions, createCloud } from '@rollcall/simulators/jira-cloud/create-cloud'
import { type UnderTest, underTest } from '../../testing/under-test.ts'
import type { OpenOptions } from '../../throttling.ts'

export type CloudUnderTest = UnderTest<CloudSimulator>

/** A simulated site with a target opened on it; `organization` adds settings to the API key, `false` leaves it out. */
export async function startCloud(
  options: CloudOptions = {},
  organization: Readonly<Record<string, unknown>> | false = {},
  settings: Readonly<Record<string, unknown>> = {},
  open: OpenOptions = {},
): Promise<CloudUnderTest> {
  const simulator = await startCloudSimulator({ cloud: createCloud(options) })
  const credentials = { adminEmail: admin.email, apiToken: admin.token }
  const owner = { apiKey: admin.organizationKey, url: simulator.organizationUrl, ...organization }
  return underTest(
    'jiraCloud',
    simulator,
    { ...credentials, ...(organization !== false && { organization: owner }), ...settings },
    open,
  )
}
