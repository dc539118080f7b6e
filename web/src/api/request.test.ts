import { afterEach, describe, expect, test, vi } from 'vitest'
import { setCsrfToken } from './csrf-token.ts'
import { request } from './request.ts'

afterEach(() => {
  vi.unstubAllGlobals()
  setCsrfToken(undefined)
})

describe('request', () => {
  test('a page of a proxy becomes a problem of ours, never text for the screen', async () => {
    vi.stubGlobal('fetch', async () => new Response('<h1>Bad gateway</h1>', { status: 502 }))
    await expect(request('/status')).rejects.toMatchObject({ problem: { code: 'answer_unreadable' }, status: 502 })
  })

  test('no answer is a problem with a remedy', async () => {
    vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('fetch failed')))
    await expect(request('/status')).rejects.toMatchObject({ problem: { code: 'service_unreachable' }, status: 0 })
  })

  test('writes carry the CSRF token, reads do not', async () => {
    const sent: (string | null)[] = []
    vi.stubGlobal('fetch', async (_path: string, init: RequestInit) => {
      sent.push(new Headers(init.headers).get('x-rollcall-csrf'))
      return Response.json({})
    })
    setCsrfToken('secret')
    await request('/status')
    await request('/runs/1/cancel', { method: 'POST' })
    expect(sent).toEqual([null, 'secret'])
  })
})
