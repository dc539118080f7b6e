import type { FindingPage, OperationPage, PlanView, WayView } from '@rollcall/contract/api/plans'
import type { RunView } from '@rollcall/contract/api/runs'
import type { ScimLogEntry, ScimTokenView } from '@rollcall/contract/api/scim'
import type { ServiceClient } from './service-client.ts'

export const print = (line = ''): void => {
  process.stdout.write(`${line}\n`)
}

/** To standard error, so that output stays one document. */
export const complain = (line = ''): void => {
  process.stderr.write(`${line}\n`)
}

export const printJson = (value: unknown): void => print(JSON.stringify(value, null, 2))

/** Local time to the second, as an administrator reads it beside other logs. */
export const instant = (ms: number): string => new Date(ms).toISOString().replace('T', ' ').replace(/\..*/, ' UTC')

const wayTexts: Readonly<Record<WayView['way'], string>> = {
  rest: 'by the product itself',
  crowd: 'through Crowd',
  organization: 'through the organization',
  emulation: 'by other calls that come near it',
}

/** A plan's header: what it would do in numbers, whether it is held and why, how near each limit is. */
export function printPlanHeader(plan: PlanView): void {
  print(`Plan ${plan.id}: ${plan.connection.name} to ${plan.target.name}, ${plan.status} (${instant(plan.asOf)})`)
  const kinds = Object.entries(plan.counts)
  if (kinds.length === 0) print('  Nothing to do: the target equals the provider.')
  for (const [kind, statuses] of kinds) {
    const numbers = Object.entries(statuses).map(([status, count]) => `${count} ${status}`)
    print(`  ${kind}: ${numbers.join(', ')}`)
  }
  const findings = Object.entries(plan.findings).map(([code, count]) => `${count} ${code}`)
  if (findings.length > 0) print(`  Findings: ${findings.join(', ')}`)
  for (const { text, short } of plan.seats) print(`  ${short ? 'Seats are short' : 'Seats'}: ${text}`)
  for (const cause of plan.causes) print(`  Held: ${cause.message}`)
  for (const { count, kind, lost } of plan.irreversible) print(`  No undo brings back all of ${count} ${kind}: ${lost}`)
  for (const { kind, way, note } of plan.ways ?? []) {
    print(`  ${kind} goes ${wayTexts[way]}${note === undefined ? '' : `: ${note}`}`)
  }
  for (const margin of plan.margins) print(`  Limit ${margin.label}: ${margin.count} of ${margin.allowed} allowed`)
}

/** Every operation with its reasons, page by page. */
export async function printOperations(client: ServiceClient, planId: number): Promise<void> {
  let after: number | undefined
  do {
    const query = after === undefined ? '' : `&after=${after}`
    const page = await client.call<OperationPage>('GET', `/plans/${planId}/operations?limit=500${query}`)
    for (const operation of page.operations) {
      const held = operation.heldBy ? ` [held: ${operation.heldBy}]` : ''
      const outcome = operation.outcome
        ? ` [${operation.status}: ${operation.outcome.message}]`
        : ` [${operation.status}]`
      const way = operation.way === undefined || operation.way === 'rest' ? '' : ` (${wayTexts[operation.way]})`
      print(`  ${operation.description}${way}${held || outcome}`)
      for (const reason of operation.reasons) print(`      ${reason}`)
    }
    after = page.nextAfter
  } while (after !== undefined)
}

/** What a plan leaves alone, with the reason. */
export async function printFindings(client: ServiceClient, planId: number): Promise<void> {
  for (let after: number | undefined = 0; after !== undefined; ) {
    const page: FindingPage = await client.call('GET', `/plans/${planId}/findings?limit=500&after=${after}`)
    for (const { subject, code, message, remedy } of page.findings) {
      print(`  ${subject}: ${message} [${code}]`)
      print(`      ${remedy}`)
    }
    after = page.nextAfter
  }
}

export function printRun(run: RunView, say = print): void {
  const ended = run.finishedAt === undefined ? '' : `, ended ${instant(run.finishedAt)}`
  say(
    `Run ${run.id}: ${run.connection.name}, ${run.mode} by ${run.requestedBy ?? run.trigger}, queued ${instant(run.queuedAt)}${ended}`,
  )
  say(
    `  ${run.outcome ?? run.state}${run.problem ? `: ${run.problem.message} ${run.problem.remedy} (${run.problem.code})` : ''}`,
  )
  for (const leg of run.legs) {
    const numbers = Object.entries(leg.operations).map(([status, count]) => `${count} ${status}`)
    const plan = leg.planId === undefined ? '' : ` (plan ${leg.planId})`
    say(`  ${leg.target.name}: ${leg.outcome ?? 'under way'}${plan} ${numbers.join(', ')}`)
    if (leg.problem) say(`    ${leg.problem.message} ${leg.problem.remedy} (${leg.problem.code})`)
  }
}

/** A SCIM token without its secret. */
export function printScimToken({ tokenId, label, state, createdAt, expiresAt, lastUsedAt }: ScimTokenView): void {
  const parts = [
    state,
    `created ${instant(createdAt)}`,
    expiresAt === undefined ? 'never ends' : `${state === 'expired' ? 'ended' : 'ends'} ${instant(expiresAt)}`,
    lastUsedAt === undefined ? 'never used' : `last used ${instant(lastUsedAt)}`,
  ]
  print(`  ${tokenId}  ${label}: ${parts.join(', ')}`)
}

/** One request of an identity provider, in one line and one for what it says. */
export function printScimRequest(entry: ScimLogEntry): void {
  const { at, method, resourceType, subject, scimId, status, scimType, attributes, remoteAddress, tokenId } = entry
  const what = [method, resourceType, subject ?? scimId].filter((part) => part !== undefined).join(' ')
  const outcome = scimType === undefined ? status : `${status} ${scimType}`
  const written = attributes.length > 0 ? ` (${attributes.join(', ')})` : ''
  print(`${instant(at)}  ${outcome}  ${what}${written}  from ${remoteAddress}${tokenId ? ` by ${tokenId}` : ''}`)
  if (entry.waiting) print('    Not planned yet.')
  for (const { planId, status, target } of entry.plans) print(`    Plan ${planId} for ${target.name}: ${status}`)
  if (entry.detail !== undefined) print(`    ${entry.detail}`)
}
