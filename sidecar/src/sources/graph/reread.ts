import type { GraphClient } from './graph-client.ts'
import type { Permission } from './graph-failure.ts'
import { type GraphEntity, isObject, malformed } from './wire.ts'

/** Most requests in one `$batch` (Graph `json-batching.md`). */
const batchSize = 20

/** Where one kind of object is read singly. */
export interface Single {
  readonly collection: 'users' | 'groups'
  readonly select: string
  readonly permission: Permission
}

/** Reads objects again one by one, in batches. Those that are gone in the meantime are left out: a later delta tells. */
export async function reread(
  client: GraphClient,
  { collection, select, permission }: Single,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<GraphEntity[]> {
  const found: GraphEntity[] = []
  const urlOf = (id: string) => `/${collection}/${encodeURIComponent(id)}?$select=${select}`
  for (let start = 0; start < ids.length; start += batchSize) {
    const some = ids.slice(start, start + batchSize)
    const requests = some.map((id, index) => ({ id: String(index), method: 'GET', url: urlOf(id) }))
    const batch = await client.call({ url: '/$batch', permission, priority: 'low', signal, body: { requests } })
    const answers = answersOf(batch.json)
    for (const [index, id] of some.entries()) {
      const answer = answers.get(String(index))
      if (answer?.status === 200) found.push(entityOf(answer.body))
      else {
        // Gone, throttled or failed by itself: alone it is sent with all patience, or fails with the right words.
        const single = await client.find({ url: urlOf(id), permission, priority: 'low', signal })
        if (single) found.push(entityOf(single.json))
      }
    }
  }
  return found
}

/** Responses of a batch come in any order (Graph `json-batching.md`). */
function answersOf(json: unknown): Map<unknown, { status: unknown; body: unknown }> {
  const responses = isObject(json) ? json.responses : undefined
  if (!Array.isArray(responses)) throw malformed('of a batch has no responses')
  return new Map(responses.filter(isObject).map(({ id, status, body }) => [id, { status, body }]))
}

export function entityOf(json: unknown): GraphEntity {
  if (isObject(json) && typeof json.id === 'string' && json.id !== '') return { ...json, id: json.id }
  throw malformed('of one object has no id')
}
