import type { Cloud } from '@rollcall/simulators/jira-cloud/cloud'
import type { CloudOptions } from '@rollcall/simulators/jira-cloud/create-cloud'
import type { AccountKey } from '../../identity/ids.ts'
import type { Conformity, Product, Situation } from '../conformance/conformity.ts'
import { describeTarget } from '../conformance/describe-target.ts'
import { addressOf, byLocalPart } from './testing/by-local-part.ts'
import { startCloud } from './testing/testing-cloud.ts'

const conformity = {
  accountCounts: [0, 1, 998, 999, 1000, 2001],
  memberCounts: [1, 49, 50, 51, 100, 101],
  legalNames: ['ärger', "o'neil+test", '山田太郎'],
  illegalNames: ['', `${'x'.repeat(250)}@example.com`],
  hasDirectories: false,
} satisfies Omit<Conformity, 'open'>

describeTarget('Jira Cloud with its organization', { ...conformity, open: (situation) => open(situation, {}) })

describeTarget('Jira Cloud alone', {
  ...conformity,
  choosesDisplayNames: false,
  accountCounts: [0, 999],
  memberCounts: [50],
  open: (situation) => open(situation, false),
})

async function open(situation: Situation, organization: Readonly<Record<string, unknown>> | false) {
  const { onThrottled } = situation
  const { simulator, target, close } = await startCloud(optionsOf(situation), organization, {}, { onThrottled })
  return { target: byLocalPart(target), product: productOf(simulator.cloud), close }
}

const optionsOf = (situation: Situation): CloudOptions => ({
  users: (situation.accounts ?? []).map(({ name, ...rest }) => ({ email: addressOf(name), ...rest })),
  groups: (situation.groups ?? []).map(({ name, members }) => ({ name, members: members.map(addressOf) })),
  ...(situation.licenceFull && { products: [{ key: 'jira-software', groups: ['jira-software-users'], seats: 1 }] }),
  settings: situation.throttled ? { burst: { perSecond: 10 } } : {},
})

function productOf({ accounts, groups, change }: Cloud): Product {
  const account = (name: string) => {
    const found = accounts.findByEmail(addressOf(name))
    return found?.onSite ? found : undefined
  }
  return {
    accountNamed: (name) => {
      const found = account(name)
      return found && { key: found.accountId as AccountKey, name, active: found.status === 'active' }
    },
    membersOf: (name) => groups.members(change.group(name)).map(({ email }) => email.replace('@example.com', '')),
    groupExists: (name) => groups.findByName(name) !== undefined,
    attributesOf: (name) => JSON.parse(change.account(addressOf(name)).properties.get('rollcall.attributes') ?? 'null'),
    emailOf: (name) => change.account(addressOf(name)).email,
    rename: (name, newName) => change.changeEmail(addressOf(name), addressOf(newName)),
    remove: (name) => {
      const gone = change.account(addressOf(name))
      groups.leaveAll(gone)
      // What is left 14 days after an account was deleted.
      Object.assign(gone, { status: 'closed', displayName: 'Former user' })
      accounts.changeEmail(gone, '')
    },
    removeGroup: change.removeGroup,
    join: (group, name) => change.join(group, addressOf(name)),
    leave: (group, name) => change.leave(group, addressOf(name)),
  }
}
