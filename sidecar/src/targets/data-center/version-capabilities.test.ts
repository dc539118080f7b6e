import { bitbucketVersions as simulatedBitbuckets } from '@rollcall/simulators/bitbucket/bitbucket-version'
import { confluenceVersions as simulatedConfluences } from '@rollcall/simulators/confluence/confluence-version'
import { application } from '@rollcall/simulators/crowd/crowd'
import { crowdVersions as simulatedCrowds } from '@rollcall/simulators/crowd/crowd-version'
import { mountCrowd } from '@rollcall/simulators/crowd/mount-crowd'
import { createJira } from '@rollcall/simulators/jira/create-jira'
import { startJiraSimulator } from '@rollcall/simulators/jira/jira-simulator'
import { jiraVersions as simulatedJiras } from '@rollcall/simulators/jira/jira-version'
import { expect, test } from 'vitest'
import { abilityNames } from '../../planning/capabilities.ts'
import { bitbucketVersions } from '../bitbucket/bitbucket-capabilities.ts'
import { startBitbucket } from '../bitbucket/testing/testing-bitbucket.ts'
import { confluenceVersions } from '../confluence/confluence-capabilities.ts'
import { startConfluence } from '../confluence/testing/testing-confluence.ts'
import { crowdVersions } from '../crowd/crowd-capabilities.ts'
import { startCrowd } from '../crowd/testing/testing-crowd.ts'
import { jiraVersions } from '../jira/jira-capabilities.ts'
import { startJira } from '../jira/testing/testing-jira.ts'
import { jiraCloudVersions } from '../jira-cloud/jira-cloud-capabilities.ts'
import { startCloud } from '../jira-cloud/testing/testing-cloud.ts'
import { openTarget } from '../registry.ts'
import type { Target, TargetDescription } from '../target.ts'
import type { VersionCapabilities } from './version-capabilities.ts'

const documented = [
  ...jiraVersions,
  ...confluenceVersions,
  ...bitbucketVersions,
  ...crowdVersions,
  ...jiraCloudVersions,
]

/** The column that an administrator of this release reads: the one of its version, or the last of its major version before. */
function columnOf(columns: readonly VersionCapabilities[], { product, version }: TargetDescription) {
  const number = (text: string) => {
    const [major = 0, minor = 0] = text.split('.').map(Number)
    return major * 1000 + minor
  }
  return columns
    .filter((column) => column.product === product && number(column.version) <= number(version))
    .toSorted((one, other) => number(one.version) - number(other.version))
    .at(-1)
}

async function expectAsDocumented(under: { readonly target: Target; close(): Promise<void> }): Promise<void> {
  const description = await under.target.describe(new AbortController().signal)
  await under.close()
  expect(columnOf(documented, description)?.capabilities).toEqual(description.capabilities)
}

test.each(simulatedJiras)('Jira %s can do what is written about it', async (version) =>
  expectAsDocumented(await startJira({ version })),
)

test.each(simulatedConfluences)('Confluence %s can do what is written about it', async (version) =>
  expectAsDocumented(await startConfluence({ version })),
)

test.each(simulatedBitbuckets)('Bitbucket %s can do what is written about it', async (version) =>
  expectAsDocumented(await startBitbucket({ version })),
)

/** Crowd does not tell its release. 2.8 is older than what is documented: it is simulated for its other answers. */
test.each(simulatedCrowds.filter((version) => version !== '2.8'))(
  'Crowd %s can do what is written about it',
  async (version) => {
    const { target, close } = await startCrowd({ version })
    const { product, capabilities } = await target.describe(new AbortController().signal)
    await close()
    const column = crowdVersions.find((each) => each.product === product && each.version === version)
    expect(column?.capabilities).toEqual(capabilities)
  },
)

test.each(simulatedJiras)('Jira %s as a Crowd server can do what is written about it', async (version) => {
  const jira = createJira({ version })
  const simulator = await startJiraSimulator({ jira, mounted: [mountCrowd(jira)] })
  const { name, password } = application
  const target = openTarget('crowd', { url: simulator.url, application: name, password })
  const close = async () => {
    await target.close()
    await simulator.close()
  }
  await expectAsDocumented({ target, close })
})

test.each([
  ['site', false],
  ['site and organization', {}],
] as const)('Jira Cloud by %s can do what is written about it', async (ways, organization) => {
  const { target, close } = await startCloud({}, organization)
  const { capabilities } = await target.describe(new AbortController().signal)
  await close()
  expect(jiraCloudVersions.find(({ version }) => version === ways)?.capabilities).toEqual(capabilities)
})

test.each(documented)('$product $version: what it cannot do has a reason in a sentence', ({ capabilities }) => {
  for (const ability of abilityNames) {
    const capability = capabilities.abilities[ability]
    if (!capability.able) expect(capability.reason).toMatch(/^[A-Z].{30,}\.$/)
    else expect(capability.note ?? 'None.').toMatch(/^[A-Z].*\.$/)
  }
})
