import { type CloudSimulator, startCloudSimulator } from '@rollcall/simulators/jira-cloud/cloud-simulator'
import { admin, type CloudOptions, createCloud } from '@rollcall/simulators/jira-cloud/create-cloud'
import { openTarget } from '../../registry.ts'
import type { Target } from '../../target.ts'
import type { OpenOptions } from '../../throttling.ts'

export interface CloudUnderTest {
  readonly simulator: CloudSimulator
  readonly target: Target
  /** Fails where something was sent that the official description does not allow. */
  close(): Promise<void>
}

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
  const target = openTarget(
    'jiraCloud',
    { url: simulator.url, ...credentials, ...(organization !== false && { organization: owner }), ...settings },
    open,
  )
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
