import type { CrowdOptions } from '@rollcall/simulators/crowd/create-crowd'
import { application } from '@rollcall/simulators/crowd/crowd'
import type { CrowdSimulator } from '@rollcall/simulators/crowd/crowd-simulator'
import type { CrowdVersion } from '@rollcall/simulators/crowd/crowd-version'
import type { Attributes } from '../../identity/identity.ts'
import type { AccountKey } from '../../identity/ids.ts'
import type { Product, Situation } from '../conformance/conformity.ts'
import { describeTarget } from '../conformance/describe-target.ts'
import { textsOf } from './attribute-writes.ts'
import { startCrowd } from './testing/testing-crowd.ts'

const versions: readonly CrowdVersion[] = ['2.8', '5.3', '6.3', '7.0']

for (const version of versions) {
  describeTarget(`Crowd ${version}`, {
    // Pages of 1,000 that overlap by one.
    accountCounts: [0, 1, 999, 1000, 1001, 1998, 1999],
    memberCounts: [1, 999, 1000, 1001],
    illegalNames: ['', 'x'.repeat(256)],
    tellsSeats: false,
    signsInAsAccount: false,
    tellsVersion: false,
    kept,
    async open(situation) {
      const subject = await startCrowd(optionsOf(version, situation), {}, { onThrottled: situation.onThrottled })
      return { target: subject.target, product: productOf(subject.simulator), close: subject.close }
    },
  })
}

/** Pages that are smaller than was asked for are not taken for the end. */
describeTarget('Crowd with small pages', {
  accountCounts: [49, 50, 51, 99, 100],
  memberCounts: [49, 50, 51, 99, 100],
  illegalNames: [],
  tellsSeats: false,
  signsInAsAccount: false,
  tellsVersion: false,
  kept,
  async open(situation) {
    const options = optionsOf('6.3', situation)
    const settings = { ...options.settings, largestPage: 50 }
    const subject = await startCrowd({ ...options, settings }, {}, { onThrottled: situation.onThrottled })
    return { target: subject.target, product: productOf(subject.simulator), close: subject.close }
  },
})

/** Crowd keeps texts. */
function kept(attributes: Attributes): unknown {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, textsOf(value)]))
}

const optionsOf = (version: CrowdVersion, situation: Situation): CrowdOptions => ({
  version,
  users: situation.accounts ?? [],
  groups: situation.groups ?? [],
  ...(situation.readOnly ? { directories: [{ name: 'Company', kind: 'CONNECTOR', permissions: [] }] } : {}),
  settings: situation.throttled ? { rateLimit: { capacity: 20, fillRate: 20, intervalSeconds: 1 } } : {},
})

function productOf({ crowd: { directories, change }, url }: CrowdSimulator): Product {
  const account = (name: string) => directories.map((each) => each.account(name)).find((each) => each !== undefined)
  const group = (name: string) => directories.map((each) => each.group(name)).find((each) => each !== undefined)
  return {
    accountNamed: (name) => {
      const found = account(name)
      return found && { key: found.key as AccountKey, name: found.name, active: found.active }
    },
    membersOf: (name) => [...change.group(name).members].map((member) => member.name),
    groupExists: (name) => group(name) !== undefined,
    attributesOf: (name) => {
      const { 'rollcall.attributes': _index, ...others } = Object.fromEntries(change.account(name).attributes)
      return others
    },
    emailOf: (name) => change.account(name).email ?? '',
    rename: change.renameUser,
    remove: (name) => change.removeUser(name),
    removeGroup: (name) => change.removeGroup(name),
    join: change.join,
    leave: change.leave,
    openSession: (name) => openSession(url, name),
  }
}

/** As an application of single sign-on does, and with the rights of ours. */
async function openSession(url: string, username: string) {
  const { name, password } = application
  const send = (method: 'GET' | 'POST', path: string, body?: unknown) =>
    fetch(`${url}/rest/usermanagement/1/session${path}`, {
      method,
      headers: {
        authorization: `Basic ${btoa(`${name}:${password}`)}`,
        accept: 'application/json',
        'content-type': 'application/json',
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  const opened = await send('POST', '?validate-password=false', { username, 'validation-factors': {} })
  const { token } = (await opened.json()) as { token: string }
  return { isOpen: async () => (await send('GET', `/${token}`)).status === 200 }
}
