import type { Instant, NameKey } from '../identity/ids.ts'
import { nameKey } from '../identity/name-key.ts'
import { addFinding, type Draft } from './comparison.ts'
import { type Exception, exceptionsAbout, sparing } from './exceptions.ts'
import type { PlanContext } from './plan-context.ts'
import type { Subject } from './subject.ts'

/** Takes out of a person's operations what an administrator said to leave alone, and says so. Claims stay. */
export function withoutExcepted(draft: Draft, subject: Subject, { exceptions }: PlanContext): void {
  if (exceptions.size === 0) return
  const account = subject.claim?.account
  const found = new Set(account === undefined ? [] : exceptions.of(account.id, account.name))
  for (const operation of draft.operations) for (const one of exceptionsAbout(operation, exceptions)) found.add(one)
  if (found.size === 0) return
  const whole = [...found].find(({ group }) => group === undefined)
  if (whole !== undefined) leaveAlone(draft)
  else spareGroups(draft, new Set([...found].flatMap(({ group }) => (group === undefined ? [] : [nameKey(group)]))))
  for (const one of whole === undefined ? found : [whole]) addExcepted(draft, subject, one)
  draft.wakeAt = earliest([draft.wakeAt, ...[...found].map(({ until }) => until)])
}

function leaveAlone(draft: Draft): void {
  draft.operations.length = 0
  draft.neededGroups.length = 0
  draft.initialGroupsGiven = false
}

function spareGroups(draft: Draft, groups: ReadonlySet<NameKey>): void {
  const operations = draft.operations.flatMap((operation) => sparing(operation, groups) ?? [])
  const needed = draft.neededGroups.filter((key) => !groups.has(key))
  draft.operations.splice(0, draft.operations.length, ...operations)
  draft.neededGroups.splice(0, draft.neededGroups.length, ...needed)
}

function addExcepted(draft: Draft, { identity }: Subject, { name, group, reason, by, until }: Exception): void {
  const what = group === undefined ? `The account ${name}` : `The membership of ${name} in ${group}`
  const end = until === undefined ? 'until somebody says otherwise' : `until ${new Date(until).toISOString()}`
  addFinding(
    draft,
    identity,
    'excepted',
    `${what} is left alone ${end}, as ${by} said: ${reason}`,
    'Remove the exception when it is not needed any more; what is due is planned by the next run.',
  )
}

const earliest = (times: readonly (Instant | undefined)[]): Instant | undefined => {
  const known = times.filter((time) => time !== undefined)
  return known.length === 0 ? undefined : Math.min(...known)
}
