import type { ProductAnswer } from '../data-center/product-answer.ts'
import type { Parameters, ProductClient } from '../data-center/product-client.ts'
import { refusal } from '../data-center/product-failures.ts'
import { jiraCloudProblems } from './jira-cloud-problems.ts'
import { jiraCloudFailures, saysMissing } from './jira-cloud-product.ts'
import { countOf, listOf, recordOf } from './jira-cloud-wire.ts'

const mostPasses = 5

interface Reading {
  readonly path: string
  readonly parameters: Parameters
  readonly pageSize: number
  /** "listing groups": completes "Jira Cloud refused …". */
  readonly doing: string
  /** It belongs to something that may be gone. A listing of everything never is: it would look empty. */
  readonly mayBeGone?: true
}

/**
 * All entries of a listing with a total, by what identifies them; `undefined` when what it belongs to is gone. Something
 * that goes away while pages are read shifts the rest, so one can be missed: unless the total stood still and is
 * reached, everything is read again, until a pass shows nothing new and the total is reached.
 */
export async function readPages(
  client: ProductClient,
  reading: Reading,
  idOf: (value: unknown) => string,
  signal: AbortSignal,
): Promise<readonly unknown[] | undefined> {
  const found = new Map<string, unknown>()
  for (let pass = 1; pass <= mostPasses; pass += 1) {
    const before = found.size
    const read = await readOnce(client, reading, signal)
    if (!read) return undefined
    const shown = new Map(read.values.map((value) => [idOf(value), value]))
    // A page that came twice makes up the number, not the listing.
    if (read.steady && shown.size === read.total) return [...shown.values()]
    for (const [id, value] of shown) found.set(id, value)
    if (pass > 1 && found.size === before && found.size >= read.total) return [...found.values()]
  }
  throw refusal(jiraCloudProblems.jira_cloud_listing_moves, `Jira Cloud changed while ${reading.doing}.`, 'unavailable')
}

interface Pass {
  readonly values: readonly unknown[]
  /** Every page told the same total, and so many came. */
  readonly steady: boolean
  /** As the last page told it. */
  readonly total: number
}

async function readOnce(
  client: ProductClient,
  { path, parameters, pageSize, doing, mayBeGone }: Reading,
  signal: AbortSignal,
): Promise<Pass | undefined> {
  const values: unknown[] = []
  const totals = new Set<number>()
  for (;;) {
    const asked = { ...parameters, startAt: values.length, maxResults: pageSize }
    const answer: ProductAnswer = await client.get(path, asked, signal)
    if (saysMissing(answer)) {
      if (mayBeGone) return undefined
      throw jiraCloudFailures.unexpected(`a page while ${doing}`)
    }
    if (answer.status !== 200) throw jiraCloudFailures.unexplained(answer, doing)
    const page = recordOf(answer.body, 'a page')
    const found = listOf(page.values, 'a page with values')
    values.push(...found)
    const total = countOf(page.total, 'a page with its total')
    totals.add(total)
    if (found.length === 0 || values.length >= total) {
      return { values, steady: totals.size === 1 && values.length === total, total }
    }
  }
}
