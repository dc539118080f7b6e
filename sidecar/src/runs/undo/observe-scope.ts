import type { AccountId, AccountKey } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import type { UndoWorld } from '../../planning/undo/undo-world.ts'
import { dialectOf } from '../../store/dialect.ts'
import type { Target } from '../../targets/target.ts'
import { observeAccount } from '../observing/observe-account.ts'
import { inPieces } from '../planning/pieces.ts'
import type { RunScope } from './scan-run.ts'
import type { UndoLegInput, UndoLegTools } from './undo-leg-input.ts'

/** Accounts that are asked for at the same time; what is written meanwhile still has the product's other ear. */
const atOnce = 8

/** Every account that the run touched, as the target shows it now: one request for each and one for its groups. */
export async function observeScope(input: UndoLegInput, tools: UndoLegTools, scope: RunScope): Promise<void> {
  const keys = await keysOf(input, tools, scope)
  let done = 0
  const waiting = keys.values()
  const { db, target, observing, signal } = tools
  const observer = { target: input.leg.target, opened: target, at: input.asOf, db, write: observing, signal }
  const work = async () => {
    for (const key of waiting) {
      signal.throwIfAborted()
      await observeAccount(observer, { key })
      done += 1
      tools.progress(done, keys.length + scope.operations)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
}

async function keysOf({ leg }: UndoLegInput, { db }: UndoLegTools, scope: RunScope): Promise<readonly AccountKey[]> {
  const keys = new Set<AccountKey>()
  const { integers } = dialectOf(db)
  await inPieces([...scope.identities], async (piece) => {
    const rows = await db
      .selectFrom('claim')
      .innerJoin('account', 'account.id', 'claim.account_id')
      .select('account.account_key')
      .where('claim.target_id', '=', leg.target)
      .where('claim.identity_id', 'in', integers(piece))
      .execute()
    for (const { account_key } of rows) keys.add(account_key)
  })
  await inPieces([...scope.accounts], async (piece) => {
    const rows = await db.selectFrom('account').select('account_key').where('id', 'in', integers(piece)).execute()
    for (const { account_key } of rows) keys.add(account_key)
  })
  return [...keys]
}

/** What only the target knows and nothing stores: members of groups that may go, leads, who never signed in. */
export async function askTarget(
  { deleteCreated, protection }: UndoLegInput,
  { target, signal }: UndoLegTools,
  scope: RunScope,
  world: UndoWorld,
): Promise<void> {
  await askMembers(target, signal, scope, world)
  if (scope.leads) {
    for (const lead of await target.readLeads(signal)) {
      const thing = lead.kind === 'project' ? `project ${lead.projectKey}` : `component ${lead.componentId}`
      world.leads.set(thing, lead.lead)
    }
  }
  if (deleteCreated && (await tellsSignIns(target, protection.ownAccount, signal))) {
    await askSignIns(target, signal, scope, world)
  }
}

async function askMembers(target: Target, signal: AbortSignal, scope: RunScope, world: UndoWorld): Promise<void> {
  if (target.membersOf === undefined) return
  for (const [key, name] of scope.createdGroups) {
    const group = world.groups.get(key)
    if (!group?.exists) continue
    const members = await target.membersOf(name, signal)
    world.groups.set(nameKey(name), { ...group, members: new Set(members) })
  }
}

/** Whoever asks is signed in. Where the product does not show that, nothing follows from its not showing others. */
async function tellsSignIns(target: Target, ownAccount: AccountKey, signal: AbortSignal): Promise<boolean> {
  return (await target.findAccount({ key: ownAccount }, signal))?.lastSignInAt !== undefined
}

async function askSignIns(target: Target, signal: AbortSignal, scope: RunScope, world: UndoWorld): Promise<void> {
  for (const identity of scope.created) {
    const account = world.claimed.get(identity)
    if (account?.id === undefined || account.key === undefined || account.gone) continue
    const found = await target.findAccount({ key: account.key }, signal)
    if (found && found.lastSignInAt === undefined) world.neverSignedIn.add(account.id as AccountId)
  }
}
