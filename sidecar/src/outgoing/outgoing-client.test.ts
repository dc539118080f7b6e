import { createServer, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { Problem } from '../problem/problem.ts'
import { jsonOf } from './json-of.ts'
import { createOutgoingClient, type OutgoingClient, type OutgoingClientOptions } from './outgoing-client.ts'
import { mayPass, wasNeverSent } from './outgoing-problems.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function serve(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(
    () => server.closeAllConnections(),
    () => server.close(),
  )
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function client(origin: string, options: Partial<OutgoingClientOptions> = {}): OutgoingClient {
  const created = createOutgoingClient({ origins: [origin], allowPrivateAddresses: true, ...options })
  closing.push(() => created.close())
  return created
}

const problemOf = async (promise: Promise<unknown>): Promise<Problem> => {
  const error = await promise.then(
    () => new Error('it succeeded'),
    (reason: unknown) => reason,
  )
  if (error instanceof Problem) return error
  throw error
}

test('returns status, headers and body of any whole answer, and says who asks', async () => {
  const origin = await serve((request, response) => {
    response.writeHead(409, { 'content-type': 'application/json', 'x-two': ['a', 'b'] })
    response.end(JSON.stringify({ agent: request.headers['user-agent'], extra: request.headers['x-extra'] }))
  })
  const answer = await client(origin).send({ method: 'GET', url: '/a?b=c', headers: { 'x-extra': 'yes' } })
  expect(answer.status).toBe(409)
  expect(answer.headers['x-two']).toBe('a, b')
  expect(jsonOf(answer)).toEqual({ agent: expect.stringMatching(/^rollcall\/\d/), extra: 'yes' })
})

test.each(['https://elsewhere.example/next', '//elsewhere.example/next', 'http://127.0.0.1:1/next'])(
  'sends nothing to %s, which the settings do not name',
  async (url) => {
    const origin = await serve((_, response) => response.end())
    const problem = await problemOf(client(origin).send({ method: 'GET', url, headers: { authorization: 'Bearer x' } }))
    expect(problem.code).toBe('outgoing_foreign_origin')
    expect(wasNeverSent(problem)).toBe(true)
  },
)

test('a redirect to another origin is an error of its own and carries no credentials there', async () => {
  const visits: string[] = []
  const other = await serve((request, response) => {
    visits.push(request.url ?? '')
    response.end()
  })
  const origin = await serve((_, response) => response.writeHead(302, { location: `${other}/login` }).end())
  const problem = await problemOf(client(origin).send({ method: 'GET', url: '/', followRedirects: true }))
  expect(problem.code).toBe('outgoing_foreign_origin')
  expect(wasNeverSent(problem)).toBe(false)
  expect(visits).toEqual([])
})

test('follows redirects within the origin only where the caller allows it, and not for ever', async () => {
  const origin = await serve((request, response) => {
    if (request.url === '/end') response.end('here')
    else response.writeHead(302, { location: request.url === '/once' ? '/end' : '/again' }).end()
  })
  const sender = client(origin)
  expect((await sender.send({ method: 'GET', url: '/once' })).status).toBe(302)
  expect((await sender.send({ method: 'GET', url: '/once', followRedirects: true })).text).toBe('here')
  expect((await sender.send({ method: 'POST', url: '/once', followRedirects: true })).status).toBe(302)
  const endless = await problemOf(sender.send({ method: 'GET', url: '/again', followRedirects: true }))
  expect(endless.code).toBe('outgoing_too_many_redirects')
})

test('refuses loopback by address and by name unless the settings allow private addresses', async () => {
  const origin = await serve((_, response) => response.end())
  const byAddress = await problemOf(client(origin, { allowPrivateAddresses: false }).send({ method: 'GET', url: '/' }))
  expect(byAddress.code).toBe('outgoing_address_refused')
  const named = origin.replace('127.0.0.1', 'localhost')
  const byName = await problemOf(client(named, { allowPrivateAddresses: false }).send({ method: 'GET', url: '/' }))
  expect(byName.code).toBe('outgoing_address_refused')
  expect((await client(named).send({ method: 'GET', url: '/' })).status).toBe(200)
})

test('refuses metadata addresses even where private ones are allowed', async () => {
  const problem = await problemOf(client('http://169.254.169.254').send({ method: 'GET', url: '/latest' }))
  expect(problem.code).toBe('outgoing_address_refused')
  expect(problem.remedy).toContain('never')
})

test('tells a body that ends early, a web page and other text apart', async () => {
  const bodies: Record<string, string> = {
    '/cut-object': '{"value":[{"id":"1"},{"i',
    '/cut-between': '{"value":[{"id":"1"}',
    '/cut-number': '{"value":-',
    '/empty': '',
    '/page': '<!DOCTYPE html><html></html>',
    '/text': 'Service ready',
    '/trailing': '{"a":1} {"b":2}',
  }
  const origin = await serve((request, response) => response.end(bodies[request.url ?? '']))
  const sender = client(origin)
  const codeOf = async (url: string) =>
    (await problemOf(sender.send({ method: 'GET', url }).then((answer) => jsonOf(answer)))).code
  for (const url of ['/cut-object', '/cut-between', '/cut-number', '/empty']) {
    expect(await codeOf(url), url).toBe('outgoing_answer_cut_short')
  }
  expect(await codeOf('/page')).toBe('outgoing_html_instead_of_json')
  expect(await codeOf('/text')).toBe('outgoing_answer_not_json')
  expect(await codeOf('/trailing')).toBe('outgoing_answer_not_json')
})

test('no part of an unreadable body is in the error', async () => {
  const origin = await serve((_, response) => response.end('{"mail":"secret@example.com'))
  const answer = await client(origin).send({ method: 'GET', url: '/' })
  const problem = await problemOf((async () => jsonOf(answer))())
  expect(JSON.stringify([problem.message, problem.context, String(problem.cause)])).not.toContain('secret')
})

test('an answer above the cap is refused', async () => {
  const origin = await serve((_, response) => response.end('x'.repeat(10_000)))
  const problem = await problemOf(client(origin, { maxAnswerBytes: 1000 }).send({ method: 'GET', url: '/' }))
  expect(problem.code).toBe('outgoing_answer_too_large')
})

test('a connection that ends in the middle, or before any answer, is lost and may be tried again', async () => {
  const origin = await serve((request, response) => {
    if (request.url === '/before') request.socket.destroy()
    else {
      response.writeHead(200, { 'content-length': 100 })
      response.write('{"value":', () => request.socket.destroy())
    }
  })
  for (const url of ['/before', '/within']) {
    const problem = await problemOf(client(origin).send({ method: 'GET', url }))
    expect(problem.code, url).toBe('outgoing_connection_lost')
    expect(mayPass(problem)).toBe(true)
    expect(wasNeverSent(problem)).toBe(false)
  }
})

test('silence before and within an answer are two faults', async () => {
  const origin = await serve((request, response) => {
    if (request.url === '/within') response.writeHead(200).write('{')
  })
  const impatient = client(origin, { headersTimeoutMs: 50, bodyTimeoutMs: 50 })
  expect((await problemOf(impatient.send({ method: 'GET', url: '/before' }))).code).toBe('outgoing_answer_timeout')
  expect((await problemOf(impatient.send({ method: 'GET', url: '/within' }))).code).toBe('outgoing_body_timeout')
})

test('a port where nobody listens and a name that does not exist are two faults, and nothing was sent', async () => {
  const refused = await problemOf(client('http://127.0.0.1:1').send({ method: 'POST', url: '/' }))
  expect(refused.code).toBe('outgoing_connection_refused')
  expect(wasNeverSent(refused)).toBe(true)
  const unknown = await problemOf(client('http://no-such-host.invalid').send({ method: 'POST', url: '/' }))
  expect(unknown.code).toBe('outgoing_host_unknown')
})

test('TLS towards a plain port, and a port that speaks no HTTP, are told apart', async () => {
  const plain = await serve((_, response) => response.end())
  const tls = await problemOf(client(plain.replace('http:', 'https:')).send({ method: 'GET', url: '/' }))
  expect(tls.code).toBe('outgoing_tls_failed')
  const server = createTcpServer((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => server.close())
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  expect((await problemOf(client(origin).send({ method: 'GET', url: '/' }))).code).toBe('outgoing_not_http')
})

test('an abort ends the request with the reason that was given', async () => {
  const origin = await serve(() => {})
  const stop = new AbortController()
  const reason = new Error('stopped by an administrator')
  const sent = client(origin).send({ method: 'GET', url: '/', signal: stop.signal })
  setTimeout(() => stop.abort(reason), 20)
  await expect(sent).rejects.toBe(reason)
})

test('many requests may share one signal without a warning', async () => {
  const warnings: string[] = []
  const note = (warning: Error) => warnings.push(warning.name)
  process.on('warning', note)
  const origin = await serve((_, response) => setTimeout(() => response.end('{}'), 20))
  const sender = client(origin, { connections: 32 })
  const { signal } = new AbortController()
  await Promise.all(Array.from({ length: 64 }, () => sender.send({ method: 'GET', url: '/', signal })))
  process.off('warning', note)
  expect(warnings).toEqual([])
})

test('asks for compression only where told to, and unpacks what comes', async () => {
  const body = JSON.stringify({ value: 'ä'.repeat(1000) })
  const origin = await serve((request, response) => {
    if (!request.headers['accept-encoding']?.includes('gzip')) return response.end('{"plain":true}')
    return response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(body))
  })
  const compressed = await client(origin, { compressed: true }).send({ method: 'GET', url: '/' })
  expect(compressed.text).toBe(body)
  expect((await client(origin).send({ method: 'GET', url: '/' })).text).toBe('{"plain":true}')
})

test('compression hides neither an end that is missing nor a size beyond the cap', async () => {
  const packed = gzipSync('x'.repeat(1_000_000))
  const bodies: Record<string, Buffer> = {
    '/bomb': packed,
    '/cut': packed.subarray(0, packed.length / 2),
    '/other': Buffer.from('no gzip at all'),
  }
  const origin = await serve((request, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(bodies[request.url ?? '']),
  )
  const small = client(origin, { compressed: true, maxAnswerBytes: 100_000 })
  expect((await problemOf(small.send({ method: 'GET', url: '/bomb' }))).code).toBe('outgoing_answer_too_large')
  const large = client(origin, { compressed: true })
  expect((await problemOf(large.send({ method: 'GET', url: '/cut' }))).code).toBe('outgoing_answer_cut_short')
  expect((await problemOf(large.send({ method: 'GET', url: '/other' }))).code).toBe('outgoing_not_http')
})
