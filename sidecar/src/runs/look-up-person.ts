import type { OpenedEndpoints } from '../connections/opened-endpoints.ts'
import type { ConnectionId, IdentityId, Instant } from '../identity/ids.ts'
import { defineProblems, Problem } from '../problem/problem.ts'
import { storeLookedUp } from '../state/desired/store-looked-up.ts'
import { type Db, transaction } from '../store/transaction.ts'

export const lookupProblems = defineProblems({
  person_unknown: {
    status: 404,
    meaning: 'The identity provider does not know this person.',
    remedy: 'Give the login name or the id exactly as the provider shows it.',
  },
})

const patienceMs = 30_000

/** Asks the provider about one person and stores the answer, so that a plan for that person is of now. */
export async function lookUpPerson(
  db: Db,
  endpoints: OpenedEndpoints,
  connection: ConnectionId,
  who: string,
  at: Instant,
): Promise<IdentityId> {
  const { source } = await endpoints.connection(connection)
  const found = await source.lookup(who, AbortSignal.timeout(patienceMs))
  if (!found) throw new Problem(lookupProblems.person_unknown, 'The identity provider does not know this person.')
  return transaction(db, (trx) => storeLookedUp(trx, connection, found, at))
}
