import type { CheckStep } from '../identity/check-step.ts'
import type { ConnectionId, TargetId } from '../identity/ids.ts'
import { Problem } from '../problem/problem.ts'
import type { Db } from '../store/transaction.ts'
import type { OpenedEndpoints } from './opened-endpoints.ts'

interface Checked {
  readonly subject: string
  readonly steps: readonly CheckStep[]
}

/** Longer than this a check of one endpoint says nothing new. */
const patienceMs = 60_000

export const checkConnection = (endpoints: OpenedEndpoints, id: ConnectionId): Promise<readonly CheckStep[]> =>
  stepsOf(async (signal) => (await endpoints.connection(id)).source.check(signal))

export const checkTarget = (endpoints: OpenedEndpoints, id: TargetId): Promise<readonly CheckStep[]> =>
  stepsOf(async (signal) => (await endpoints.target(id)).target.check(signal))

/** Checks every connection and every target, step by step. */
export async function checkEverything(db: Db, endpoints: OpenedEndpoints): Promise<Checked[]> {
  const connections = await db.selectFrom('connection').select(['id', 'name']).where('removed_at', 'is', null).execute()
  const targets = await db.selectFrom('target').select(['id', 'name']).where('removed_at', 'is', null).execute()
  return Promise.all([
    ...connections.map(async ({ id, name }) => ({
      subject: `Connection ${name}`,
      steps: await checkConnection(endpoints, id),
    })),
    ...targets.map(async ({ id, name }) => ({ subject: `Target ${name}`, steps: await checkTarget(endpoints, id) })),
  ])
}

/** What keeps an endpoint from being opened at all (a missing secret) is a step that failed, too. */
async function stepsOf(check: (signal: AbortSignal) => Promise<readonly CheckStep[]>): Promise<readonly CheckStep[]> {
  try {
    return await check(AbortSignal.timeout(patienceMs))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const { code, remedy, message } = error
    return [{ step: 'Open', ok: false, detail: message, problem: { code, remedy } }]
  }
}
