import type { ProductClient } from '../data-center/product-client.ts'
import { unexplained } from './jira-failure.ts'
import { listOf, recordOf, textOf } from './jira-wire.ts'

export interface Seats {
  readonly application: string
  /** Active accounts with access to the application: the second count of every listing. */
  readonly taken: number
  /** `undefined` without a limit. */
  readonly remaining: number | undefined
  /** Groups whose members have access. */
  readonly groups: readonly string[]
}

/** Application roles with their seats (Jira REST, application roles); they need the permission to administer. */
export async function readSeats(client: ProductClient, signal: AbortSignal): Promise<readonly Seats[]> {
  const answer = await client.get('/api/2/applicationrole', {}, signal)
  if (answer.status !== 200) throw unexplained(answer, 'reading the seats of the licence')
  return listOf(answer.body, 'a list of application roles').map(seatsOf)
}

function seatsOf(value: unknown): Seats {
  const role = recordOf(value, 'an application role')
  // -1 stands for "no limit" [believed].
  const limited = role.hasUnlimitedSeats !== true && typeof role.remainingSeats === 'number'
  return {
    application: textOf(role.key, 'an application role with a key'),
    taken: typeof role.userCount === 'number' ? role.userCount : 0,
    remaining: limited ? Math.max(0, Number(role.remainingSeats)) : undefined,
    groups: Array.isArray(role.groups) ? role.groups.filter((group) => typeof group === 'string') : [],
  }
}
