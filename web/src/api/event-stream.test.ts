import { afterEach, describe, expect, test, vi } from 'vitest'
import { readEvents, type ServerEvent } from './event-stream.ts'

afterEach(() => vi.unstubAllGlobals())

const streamOf = (pieces: readonly Uint8Array[]) =>
  new Response(
    new ReadableStream({
      start(controller) {
        for (const piece of pieces) controller.enqueue(piece)
        controller.close()
      },
    }),
  )

async function eventsOf(response: Response): Promise<ServerEvent[]> {
  vi.stubGlobal('fetch', async () => response)
  const events: ServerEvent[] = []
  for await (const event of readEvents('/events', new AbortController().signal)) events.push(event)
  return events
}

describe('readEvents', () => {
  test('puts events together that arrive in pieces, even within a line break or a letter', async () => {
    const text = 'event: progress\r\ndata: {"name":"Zoë"}\r\n\r\n:\n\nevent: finished\ndata: 1\n\n'
    const bytes = new TextEncoder().encode(text)
    for (let cut = 1; cut < bytes.length; cut++) {
      const found = await eventsOf(streamOf([bytes.slice(0, cut), bytes.slice(cut)]))
      expect(found).toEqual([
        { event: 'progress', data: '{"name":"Zoë"}' },
        { event: 'finished', data: '1' },
      ])
    }
  })

  test('throws the problem of a refusal', async () => {
    const problem = { code: 'not_signed_in', message: 'Nobody is signed in.', remedy: 'Sign in.' }
    await expect(eventsOf(Response.json(problem, { status: 401 }))).rejects.toMatchObject({ problem, status: 401 })
  })
})
