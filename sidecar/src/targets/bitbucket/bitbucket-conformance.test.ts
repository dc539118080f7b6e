import { type BitbucketVersion, bitbucketVersions } from '@rollcall/simulators/bitbucket/bitbucket-version'
import type { BitbucketOptions } from '@rollcall/simulators/bitbucket/create-bitbucket'
import type { Situation } from '../conformance/conformity.ts'
import { describeTarget } from '../conformance/describe-target.ts'
import { siteProduct } from '../testing/site-product.ts'
import { startBitbucket } from './testing/testing-bitbucket.ts'

const contextPaths: Readonly<Record<BitbucketVersion, string>> = { '8.19': '/bitbucket', '9.4': '', '10': '/a/b' }

/** What the documentation leaves open, one way and the other. */
const leftOpen: Readonly<Record<BitbucketVersion, BitbucketOptions['settings']>> = {
  '8.19': { removalOfStranger: 200, membersOfNowhere: 200 },
  '9.4': { removalOfStranger: 404, membersOfNowhere: 404 },
  '10': { shortPages: true, pageCap: 100 },
}

for (const version of bitbucketVersions) {
  describeTarget(`Bitbucket ${version}`, {
    // The built-in account is one more than a test asks for.
    accountCounts: [0, 98, 99, 100, 998, 999, 1000, 2001],
    memberCounts: [1, 99, 100, 101, 999, 1000, 1001],
    illegalNames: ['', 'x'.repeat(256)],
    async open(situation) {
      const subject = await startBitbucket(
        optionsOf(version, situation),
        {},
        { onThrottled: situation.onThrottled },
        contextPaths[version],
      )
      return { target: subject.target, product: siteProduct(subject.simulator.bitbucket), close: subject.close }
    },
  })
}

const optionsOf = (version: BitbucketVersion, situation: Situation): BitbucketOptions => ({
  version,
  users: situation.accounts ?? [],
  groups: situation.groups ?? [],
  ...(situation.readOnly ? { directories: [{ name: 'Company', kind: 'CONNECTOR', permission: 'readOnly' }] } : {}),
  settings: {
    ...leftOpen[version],
    ...(situation.licenceFull && { seats: 1 }),
    ...(situation.throttled && { rateLimit: { capacity: 10, fillRate: 20, intervalSeconds: 1 } }),
  },
})
