import { readFileSync } from 'node:fs'
import { Pool } from 'undici'
import { program } from './program.ts'
import type { RecordedRequest } from './record-requests.ts'

export interface ReplayInput {
  readonly file: string
  readonly origin: string
  readonly concurrency: number
}

export interface Replayed {
  readonly seconds: number
  readonly requests: number
  /** Answers that were no success; a 404 is one to whoever asks whether an account exists. */
  readonly refused: number
}

/** The floor of whoever sends requests: the same ones, in the same order, so many at once, each answer read and dropped. */
program(async ({ file, origin, concurrency }: ReplayInput): Promise<Replayed> => {
  const requests = readFileSync(file, 'utf8')
    .split('\n')
    .map((line): RecordedRequest => JSON.parse(line))
  const pool = new Pool(origin, { connections: concurrency })
  const headers = { accept: 'application/json', 'x-atlassian-token': 'no-check' }
  const withBody = { ...headers, 'content-type': 'application/json' }
  let next = 0
  let refused = 0
  const lane = async () => {
    for (let request = requests[next++]; request; request = requests[next++]) {
      const { method, path, body, authorization } = request
      const answer = await pool.request({
        method: method as 'GET',
        path,
        headers: { ...(body === undefined ? headers : withBody), ...(authorization && { authorization }) },
        body: body ?? null,
      })
      const text = await answer.body.text()
      if (text !== '' && answer.statusCode < 300) JSON.parse(text)
      if (answer.statusCode >= 300 && !(method === 'GET' && answer.statusCode === 404)) refused += 1
    }
  }
  const started = performance.now()
  await Promise.all(Array.from({ length: concurrency }, lane))
  const seconds = (performance.now() - started) / 1000
  await pool.close()
  return { seconds, requests: requests.length, refused }
})
