import { type ConfluenceVersion, confluenceVersions } from '@rollcall/simulators/confluence/confluence-version'
import type { ConfluenceOptions } from '@rollcall/simulators/confluence/create-confluence'
import type { Situation } from '../conformance/conformity.ts'
import { describeTarget } from '../conformance/describe-target.ts'
import { siteProduct } from '../testing/site-product.ts'
import { startConfluence } from './testing/testing-confluence.ts'

const contextPaths: Readonly<Record<ConfluenceVersion, string>> = {
  '8.5': '/confluence',
  '9.2': '',
  '10.0': '/a/b',
  '10': '',
}

for (const version of confluenceVersions) {
  describeTarget(`Confluence ${version}`, {
    // Pages of 200 that overlap by one; the built-in account is one more than a test asks for.
    accountCounts: [0, 198, 199, 200, 398, 399, 601],
    memberCounts: [1, 199, 200, 201, 399, 400],
    legalNames: ['ärger@example.com', '山田太郎', 'a.b-c_d;e=f', 'dotted.ı.i̇stanbul', 'x'.repeat(255)],
    illegalNames: ['', 'with space', 'o"neil', "o'neil", 'a+b', 'a<b', 'a>b', 'a,b', 'a\\b', 'a/b', 'a%b', 'anonymous'],
    legalGroupNames: ['Ä & Ö = 50?', '研究 <R&D>', 'a+b c#d', 'g'.repeat(255)],
    illegalGroupNames: ['a/b', 'a\\b', '50%', '..'],
    tellsEmails: false,
    createsWithoutSeat: false,
    async open(situation) {
      const subject = await startConfluence(
        optionsOf(version, situation),
        {},
        { onThrottled: situation.onThrottled },
        contextPaths[version],
      )
      return { target: subject.target, product: siteProduct(subject.simulator.confluence), close: subject.close }
    },
  })
}

const optionsOf = (version: ConfluenceVersion, situation: Situation): ConfluenceOptions => ({
  version,
  users: situation.accounts ?? [],
  groups: situation.groups ?? [],
  ...(situation.readOnly ? { directories: [{ name: 'Company', kind: 'CONNECTOR', permission: 'readOnly' }] } : {}),
  settings: {
    ...(situation.licenceFull && { seats: 1 }),
    ...(situation.throttled && { rateLimit: { capacity: 20, fillRate: 20, intervalSeconds: 1 } }),
  },
})
