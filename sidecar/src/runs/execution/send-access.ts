import type { AccountId, TargetGroupId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import type { GroupRef, Operation } from '../../planning/operation.ts'
import type { Change } from '../../state/journal/settlement.ts'
import type { StoredAccount } from '../../state/journal/window-facts.ts'
import type { Target } from '../../targets/target.ts'
import { TargetError } from '../../targets/target-error.ts'
import { differences, type Sendable } from './check-operation.ts'
import { applied, type Outcome, refused } from './outcome.ts'

type Access = Extract<Operation, { kind: 'revokeAccess' | 'restoreAccess' }>
type WithAccount = Extract<Sendable, { kind: 'withAccount' }>

/**
 * One group after the other, and none that is as it should be already, so that it can be repeated from wherever it stopped.
 * What was done before a refusal is stored with it.
 */
export async function sendAccess(
  target: Target,
  operation: Access,
  { account, groups }: WithAccount,
  signal: AbortSignal,
): Promise<Outcome> {
  const { id, key, name } = account
  const found = await target.findAccount({ key }, signal)
  if (!found)
    return refused('account_gone', `The account ${name} does not exist any more.`, { kind: 'accountGone', account: id })
  const different = differences(found, { name })
  if (different) return refused(different.code, different.message, { kind: 'accountSeen', account: found })
  const now = new Set((await target.groupsOf(key, signal)).map(nameKey))
  const done = new Set<TargetGroupId>()
  try {
    for (const group of operation.groups) {
      const stored = groups.find((one) => one === group.id)
      if (stored === undefined) continue
      await move(target, operation.kind, group, account, now, signal)
      done.add(stored)
    }
  } catch (error) {
    return refusedHalfway(operation, id, [...done], error)
  }
  return applied(changeOf(operation, id, [...done], true))
}

async function move(
  target: Target,
  kind: Access['kind'],
  { name: group }: GroupRef,
  { key, name }: StoredAccount,
  now: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<void> {
  const isMember = now.has(nameKey(group))
  if (kind === 'revokeAccess' && isMember) await target.removeMember(group, { key, name }, signal)
  if (kind === 'restoreAccess' && !isMember) await target.addMember(group, { key, name }, signal)
}

/** Where nothing was done, and where nobody knows what was, it is a failure like any other. */
function refusedHalfway(
  operation: Access,
  account: AccountId,
  done: readonly TargetGroupId[],
  error: unknown,
): Outcome {
  if (!(error instanceof TargetError) || error.reach === 'unavailable' || done.length === 0) throw error
  const { code, message, remedy } = error
  return { status: 'failed', code, message, remedy, change: changeOf(operation, account, done, false) }
}

const changeOf = (
  { kind }: Access,
  account: AccountId,
  groups: readonly TargetGroupId[],
  everything: boolean,
): Change =>
  kind === 'revokeAccess'
    ? { kind: 'accessRevoked', account, groups }
    : { kind: 'accessRestored', account, groups, everything }

/** All of it was done before the answer was lost; `undefined`: not all, and doing it again is harmless. */
export function accessDone(
  operation: Access,
  account: AccountId,
  groups: readonly TargetGroupId[],
  now: readonly string[],
): Outcome | undefined {
  const names = new Set(now.map(nameKey))
  const wanted = operation.kind === 'restoreAccess'
  const done = operation.groups.every(({ name }) => names.has(nameKey(name)) === wanted)
  return done ? applied(changeOf(operation, account, groups, true)) : undefined
}
