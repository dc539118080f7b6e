import type {
  WhyAccount,
  WhyAttribute,
  WhyChange,
  WhyMembership,
  WhyObstacle,
  WhyOtherAccount,
  WhyPerson,
  WhyTarget,
  WhyVerdict,
  WhyView,
} from '@rollcall/contract/api/why'
import type { Command } from 'commander'
import { instant, print, printJson } from '../print.ts'
import type { ServiceClient } from '../service-client.ts'
import { withService } from '../with-service.ts'

interface WhyOptions {
  readonly group?: string
  readonly connection?: string
  readonly target?: string
  readonly json?: boolean
}

export function addWhyCommand(program: Command): void {
  program
    .command('why')
    .description('say why somebody has what they have in the products, and what kept the rest away')
    .argument('<user>', 'login name or id at the provider, user name in the product, or e-mail address')
    .option('--group <name>', 'only this group, of the product or of the provider')
    .option('--connection <name>', 'slug of the connection')
    .option('--target <name>', 'slug of the target')
    .option('--json', 'print the answer as JSON')
    .action(async (user: string, options: WhyOptions, command: Command) => {
      await withService(command, (client) => tellWhy(client, user, options))
    })
}

async function tellWhy(client: ServiceClient, user: string, { json, ...rest }: WhyOptions): Promise<void> {
  const query = new URLSearchParams({ user })
  for (const key of ['group', 'connection', 'target'] as const) {
    const value = rest[key]
    if (value !== undefined) query.set(key, value)
  }
  const view = await client.call<WhyView>('GET', `/why?${query}`)
  if (view.people.length === 0) process.exitCode = 1
  if (json) return printJson(view)
  if (view.people.length === 0) print(`No connection knows anybody by the name ${view.user}.`)
  for (const person of view.people) printPerson(person)
  for (const account of view.accounts) printOther(account)
  if (view.people.length === 0 && view.accounts.length === 0) print('No product has an account of that name either.')
}

function printPerson({ connection, userName, displayName, externalId, active, targets }: WhyPerson): void {
  const name = displayName === undefined ? '' : ` (${displayName})`
  print(`${userName}${name} of ${connection.name}, ${active ? 'enabled' : 'disabled'}, id ${externalId}`)
  if (targets.length === 0) print('  This connection provisions no such target.')
  for (const target of targets) printTarget(target)
}

function printTarget({ target, problem, account, attributes, memberships }: WhyTarget): void {
  if (problem !== undefined || account === undefined) {
    print(`At ${target.name} nothing can be said: ${problem?.message ?? ''}`)
    if (problem) print(`  ${problem.remedy}`)
    return
  }
  printAccount(target.name, account)
  for (const attribute of attributes) printAttribute(attribute)
  for (const membership of memberships) printMembership(membership)
}

const accountTexts: Readonly<Record<WhyVerdict, string>> = {
  has: 'has the active account',
  gets: 'gets the active account',
  loses: 'loses the account',
  hasNot: 'has no active account',
}

function printAccount(target: string, account: WhyAccount): void {
  const named =
    account.name === undefined ? '' : account.active === false ? `, but ${account.name}` : ` ${account.name}`
  print(`At ${target}: ${accountTexts[account.verdict]}${named}`)
  printCommon(account, '  ')
  if (account.claim)
    print(`  Claimed (${account.claim.how}) since ${instant(account.claim.since)}${by(account.claim.change)}`)
}

function printAttribute(attribute: WhyAttribute): void {
  const { name, value, wanted, rules, reads } = attribute
  const change = wanted === value || wanted === undefined ? '' : ` (the policy would have ${wanted})`
  print(`  ${name}: ${value ?? 'nothing'}${change}`)
  for (const rule of rules) print(`    ${rule.key}: ${rule.value}`)
  for (const read of reads) print(`    user.${read.attribute} is ${read.value ?? 'not there'}`)
  printCommon(attribute, '    ')
}

const groupTexts: Readonly<Record<WhyVerdict, string>> = {
  has: 'in',
  gets: 'gets',
  loses: 'loses',
  hasNot: 'not in',
}

function printMembership(membership: WhyMembership): void {
  const { group, verdict, through, path, rules, grant } = membership
  print(`  ${groupTexts[verdict]} the group ${group}${through === undefined ? '' : `, through the group ${through}`}`)
  printCommon(membership, '    ')
  for (const { name, externalId } of path) print(`    source group ${name}, id ${externalId}`)
  for (const rule of rules) print(`    ${rule.key}: ${rule.value}`)
  if (grant) print(`    Granted (${grant.how}) since ${instant(grant.since)}${by(grant.change)}`)
}

type Told = Pick<WhyAccount, 'because' | 'obstacle' | 'waitsFor' | 'lastChange'>

function printCommon({ because, obstacle, waitsFor, lastChange }: Told, indent: string): void {
  for (const sentence of because) print(`${indent}${sentence}`)
  if (obstacle) printObstacle(obstacle, indent)
  if (waitsFor) printObstacle(waitsFor, `${indent}Not done yet: `)
  if (lastChange) print(`${indent}Last change: ${lastChange.description}, ${instant(lastChange.at)}${by(lastChange)}`)
}

function printObstacle({ code, message, remedy }: WhyObstacle, indent: string): void {
  print(`${indent}${message} (${code})`)
  print(`${/^ */.exec(indent)?.[0] ?? ''}To change that: ${remedy}`)
}

const by = (change: WhyChange | undefined): string =>
  change === undefined ? '' : `, by run ${change.runId}, plan ${change.planId}`

function printOther({ target, name, displayName, active, groups, claimedBy }: WhyOtherAccount): void {
  const whose =
    claimedBy === undefined
      ? 'which no connection manages'
      : `which belongs to ${claimedBy.userName} of ${claimedBy.connection.name}`
  print(`${target.name} has the account ${name} (${displayName}, ${active ? 'active' : 'deactivated'}), ${whose}`)
  print(`  Groups: ${groups.join(', ') || 'none'}`)
}
