import { bulkAttempts } from '../scim-protocol/bulk-attempts.ts'
import { resolveBulkIds, withoutBulkIds } from '../scim-protocol/bulk-references.ts'
import { locationOf } from '../scim-protocol/meta-text.ts'
import { type BulkOperation, type RefusedBulkOperation, readBulk } from '../scim-protocol/read-bulk.ts'
import { ScimError } from '../scim-protocol/scim-error.ts'
import { errorOutcome, type ScimOutcome } from './scim-answer.ts'
import type { ScimCall } from './scim-call.ts'
import type { ScimService } from './scim-service.ts'
import { writeResource } from './write-resource.ts'

const urnOfResponse = 'urn:ietf:params:scim:api:messages:2.0:BulkResponse'

interface Ended {
  readonly outcome: ScimOutcome
  readonly location: string | undefined
}

/** RFC 7644 3.7: each operation for itself, in an order in which references can be resolved, answered in the order as sent. */
export async function runBulk(service: ScimService, call: ScimCall, body: unknown): Promise<ScimOutcome> {
  const { operations, failOnErrors = Number.POSITIVE_INFINITY } = readBulk(body)
  const ended = new Map<number, Ended>()
  const created = new Map<string, string>()
  let errors = 0
  const end = (index: number, outcome: ScimOutcome, location: string | undefined) => {
    if (outcome.status >= 400) errors += 1
    ended.set(index, { outcome, location })
  }

  for (const operation of operations) {
    if (operation.kind === 'refused') end(operation.index, errorOutcome(operation.error), undefined)
  }
  for (const attempt of bulkAttempts(operations.filter((one) => one.kind === 'operation'))) {
    if (errors >= failOnErrors) break
    const { operation } = attempt
    // What could not be created is not completed, either.
    if (attempt.kind === 'complete' && (ended.get(operation.index)?.outcome.status ?? 500) >= 400) continue
    const one =
      attempt.kind === 'complete'
        ? completion(operation, created)
        : { ...operation, data: withoutBulkIds(operation.data, attempt.without) }
    const { outcome, id } = await attemptOne(service, call, one, created)
    if (operation.method === 'POST' && operation.bulkId !== undefined && id !== undefined)
      created.set(operation.bulkId, id)
    const location = id === undefined ? undefined : locationOf(operation.type, id, call.baseUrl)
    end(
      operation.index,
      attempt.kind === 'complete' && outcome.status < 400 ? { ...outcome, status: 201 } : outcome,
      location,
    )
  }
  call.renew()
  call.note({ detail: `${operations.length} operations, ${errors} errors` })
  const answered = operations.filter(({ index }) => ended.has(index))
  const texts = answered.map((operation) => operationText(operation, ended.get(operation.index)))
  return { status: 200, body: `{"schemas":["${urnOfResponse}"],"Operations":[${texts.join(',')}]}` }
}

/** A POST whose references had to wait is written whole, onto what it created. */
const completion = (operation: BulkOperation, created: ReadonlyMap<string, string>): BulkOperation => ({
  ...operation,
  method: 'PUT',
  id: created.get(operation.bulkId ?? ''),
  version: undefined,
})

async function attemptOne(
  service: ScimService,
  call: ScimCall,
  operation: BulkOperation,
  created: ReadonlyMap<string, string>,
): Promise<{ readonly outcome: ScimOutcome; readonly id: string | undefined }> {
  const given = operation.id
  try {
    const id = given === undefined ? undefined : String(resolveBulkIds(given, created))
    const data = resolveBulkIds(operation.data, created)
    const { outcome, id: written } = await writeResource(service, call, {
      type: operation.type,
      method: operation.method,
      id,
      ifMatch: operation.version,
      body: data,
    })
    return { outcome, id: written }
  } catch (error) {
    if (!(error instanceof ScimError)) throw error
    return { outcome: errorOutcome(error), id: operation.method === 'POST' ? undefined : given }
  }
}

function operationText(operation: BulkOperation | RefusedBulkOperation, ended: Ended | undefined): string {
  const { method, bulkId } = operation
  const status = ended?.outcome.status ?? 500
  const response = status >= 400 ? `,"response":${ended?.outcome.body}` : ''
  const head = JSON.stringify({
    method,
    ...(bulkId !== undefined && { bulkId }),
    ...(ended?.outcome.etag !== undefined && { version: ended.outcome.etag }),
    ...(ended?.location !== undefined && { location: ended.location }),
    status: String(status),
  })
  return `${head.slice(0, -1)}${response}}`
}
