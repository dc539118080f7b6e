import { bitbucketVersions as simulatedBitbuckets } from '@rollcall/simulators/bitbucket/bitbucket-version'
import { confluenceVersions as simulatedConfluences } from '@rollcall/simulators/confluence/confluence-version'
import { jiraVersions as simulatedJiras } from '@rollcall/simulators/jira/jira-version'
import { expect, test } from 'vitest'
import { abilityNames } from '../../planning/capabilities.ts'
import { bitbucketVersions } from '../bitbucket/bitbucket-capabilities.ts'
import { startBitbucket } from '../bitbucket/testing/testing-bitbucket.ts'
import { confluenceVersions } from '../confluence/confluence-capabilities.ts'
import { startConfluence } from '../confluence/testing/testing-confluence.ts'
import { jiraVersions } from '../jira/jira-capabilities.ts'
import { startJira } from '../jira/testing/testing-jira.ts'
import type { Target, TargetDescription } from '../target.ts'
import type { VersionCapabilities } from './version-capabilities.ts'

const documented = [...jiraVersions, ...confluenceVersions, ...bitbucketVersions]

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

test.each(documented)('$product $version: what it cannot do has a reason in a sentence', ({ capabilities }) => {
  for (const ability of abilityNames) {
    const capability = capabilities.abilities[ability]
    if (!capability.able) expect(capability.reason).toMatch(/^[A-Z].{30,}\.$/)
    else expect(capability.note ?? 'None.').toMatch(/^[A-Z].*\.$/)
  }
})
