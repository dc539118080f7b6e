import type { CheckStep } from '../identity/check-step.ts'
import type { ConnectionId, TargetId } from '../identity/ids.ts'
import { Problem } from '../problem/problem.ts'
import type { Db } from '../store/transaction.ts'
import { checkAccounts } from './check-accounts.ts'

interface Checked {
  readonly subject: string
  readonly steps: readonly CheckStep[]
}

/** Longer than this a check of one endpoint says nothing new. */
const patienceMs = 60_000

/** Asks one endpoint; it is reached from the thread that reads. */
export type Check = (
  what: { readonly connection: ConnectionId } | { readonly target: TargetId },
  signal: AbortSignal,
) => Promise<readonly CheckStep[]>

/** Everything that `what` tells of itself; what keeps it from being opened at all (a missing secret) is a step, too. */
export async function checkSteps(check: Check, what: Parameters<Check>[0]): Promise<readonly CheckStep[]> {
  try {
    return await check(what, AbortSignal.timeout(patienceMs))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const { code, remedy, message } = error
    return [{ step: 'Open', ok: false, detail: message, problem: { code, remedy } }]
  }
}

/** Checks every connection and every target, step by step. */
export async function checkEverything(db: Db, check: Check): Promise<Checked[]> {
  const connections = await db.selectFrom('connection').select(['id', 'name']).where('removed_at', 'is', null).execute()
  const targets = await db.selectFrom('target').select(['id', 'name']).where('removed_at', 'is', null).execute()
  return Promise.all([
    ...connections.map(async ({ id, name }) => ({
      subject: `Connection ${name}`,
      steps: await checkSteps(check, { connection: id }),
    })),
    ...targets.map(async ({ id, name }) => ({
      subject: `Target ${name}`,
      steps: [...(await checkSteps(check, { target: id })), ...(await checkAccounts(db, id))],
    })),
  ])
}
