import type { ProductClient } from '../data-center/product-client.ts'
import type { Seats } from '../target.ts'
import { saysMissing, unexplained } from './bitbucket-failure.ts'
import { recordOf } from './bitbucket-wire.ts'

export interface Licence {
  readonly seats: readonly Seats[]
  /** The id that Bitbucket shows beside its licence; empty where it does not. */
  readonly serverId: string
}

/** What the licence leaves, and for which server it is (Bitbucket REST, server); nothing where none is installed. */
export async function readLicence(
  client: ProductClient,
  groups: readonly string[],
  signal: AbortSignal,
): Promise<Licence> {
  const answer = await client.get('/admin/license', {}, signal)
  if (saysMissing(answer)) return { seats: [], serverId: '' }
  if (answer.status !== 200) throw unexplained(answer, 'reading the licence')
  const licence = recordOf(answer.body, 'a licence')
  const { currentNumberOfUsers: taken } = recordOf(licence.status ?? {}, 'the state of the licence')
  const { unlimitedNumberOfUsers, maximumNumberOfUsers: most, serverId } = licence
  const limited = unlimitedNumberOfUsers !== true && typeof most === 'number' && typeof taken === 'number'
  const remaining = limited ? Math.max(0, most - taken) : undefined
  return {
    seats: [{ application: 'bitbucket', remaining, groups }],
    serverId: typeof serverId === 'string' ? serverId : '',
  }
}
