import type { Instant } from '../../identity/ids.ts'
import type { Condition } from '../../state/notices/condition.ts'
import { readFailingChannels } from '../../state/notices/waiting-messages.ts'
import type { Db } from '../../store/transaction.ts'
import { findCredentials } from '../credentials/find-credentials.ts'
import { findEndingCredentials } from './ending-credentials.ts'
import { findFailedRuns } from './failed-runs.ts'
import { findFailingLegs } from './failing-legs.ts'
import { findHeldPlans } from './held-plans.ts'
import { findOverdueReadings } from './overdue-readings.ts'
import { findUndelivered } from './undelivered-notices.ts'

/** Everything that needs somebody now, by what is stored: the same store, environment and time give the same. */
export async function readConditions(
  db: Db,
  environment: NodeJS.ProcessEnv,
  now: Instant,
): Promise<readonly Condition[]> {
  return [
    ...(await findHeldPlans(db)),
    ...(await findFailingLegs(db)),
    ...(await findFailedRuns(db)),
    ...(await findOverdueReadings(db, now)),
    ...findEndingCredentials(await findCredentials(db, environment, now), now),
    ...findUndelivered(await readFailingChannels(db)),
  ]
}
