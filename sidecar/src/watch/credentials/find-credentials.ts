import type { Instant } from '../../identity/ids.ts'
import type { Db } from '../../store/transaction.ts'
import { configuredCredentials } from './configured-credentials.ts'
import type { Credential } from './credential.ts'
import { issuedTokens } from './issued-tokens.ts'

/** Everything with an end that somebody has to renew. */
export async function findCredentials(
  db: Db,
  environment: NodeJS.ProcessEnv,
  now: Instant,
): Promise<readonly Credential[]> {
  return [...(await configuredCredentials(db, environment)), ...(await issuedTokens(db, now))]
}
