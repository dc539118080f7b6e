import type { JiraOptions } from '@rollcall/simulators/jira/create-jira'
import type { Jira } from '@rollcall/simulators/jira/jira'
import { type JiraVersion, jiraVersions } from '@rollcall/simulators/jira/jira-version'
import type { Product, Situation } from '../conformance/conformity.ts'
import { describeTarget } from '../conformance/describe-target.ts'
import { siteProduct } from '../testing/site-product.ts'
import { startJira } from './testing/testing-jira.ts'

/** The built-in account is one more than a test asks for. */
const accountCounts: Readonly<Record<JiraVersion, readonly number[]>> = {
  '9.12': [0, 49, 99, 100, 998, 999, 1000, 2001],
  '10.3-early': [0, 49, 98, 99, 100, 350],
  '10.3-late': [0, 99, 1998, 1999, 2000, 4001],
  '11': [0, 1999, 2000],
}

const contextPaths: Readonly<Record<JiraVersion, string>> = {
  '9.12': '/jira',
  '10.3-early': '',
  '10.3-late': '/a/b',
  '11': '',
}

for (const version of jiraVersions) {
  describeTarget(`Jira ${version}`, {
    accountCounts: accountCounts[version],
    memberCounts: [1, 49, 50, 51, 100, 151],
    illegalNames: ['', 'a<b', 'a>b', 'a&b', 'x'.repeat(256)],
    async open(situation) {
      const subject = await startJira(
        optionsOf(version, situation),
        {},
        { onThrottled: situation.onThrottled },
        contextPaths[version],
      )
      return { target: subject.target, product: productOf(subject.simulator.jira), close: subject.close }
    },
  })
}

const optionsOf = (version: JiraVersion, situation: Situation): JiraOptions => ({
  version,
  users: situation.accounts ?? [],
  groups: situation.groups ?? [],
  ...(situation.readOnly ? { directories: [{ name: 'Company', kind: 'CONNECTOR', permission: 'readOnly' }] } : {}),
  ...(situation.licenceFull ? { roles: [{ key: 'jira-software', seats: 1 }] } : {}),
  ...(situation.throttled ? { settings: { rateLimit: { capacity: 5, fillRate: 5, intervalSeconds: 1 } } } : {}),
})

const productOf = (jira: Jira): Product => ({
  ...siteProduct(jira),
  attributesOf: (name) => JSON.parse(jira.change.user(name).properties?.get('rollcall.attributes') ?? 'null'),
  async openSession(name) {
    const id = jira.access.openSession(jira.change.user(name))
    return { isOpen: async () => jira.access.session(id) !== undefined }
  },
})
