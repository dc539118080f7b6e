import { conversations } from '../dialects/all.ts'
import type { Exchange } from '../dialects/conversation.ts'
import { fill } from '../dialects/fill.ts'
import { hostileJson, hostileTexts } from './hostile-values.ts'
import { mutateJson } from './mutate-json.ts'
import type { Random } from './random.ts'
import { type Expectation, randomFilter } from './random-filters.ts'

export interface FuzzRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
  /** What a list in the answer must be. */
  readonly expected: Expectation
}

const exchanges: readonly Exchange[] = conversations
  .flatMap(({ steps }) => steps.filter((step) => step.kind === 'exchange'))
  // Hundreds of steps of one conversation are the same but for a name.
  .filter(({ does }) => !/^creates person\d/.test(does))

const methods = ['GET', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const
const paths = [
  '',
  '/',
  '/Users',
  '/Groups',
  '/users/',
  '//Users',
  '/Me',
  '/Bulk',
  '/Schemas',
  '/ResourceTypes',
  '/ServiceProviderConfig',
  '/Users/.search',
  '/Groups/.search',
  '/.search',
  '/Nothing',
  '/Users/a/b',
] as const
const types = [
  'application/scim+json',
  'application/json; charset=utf-8',
  'text/plain',
  'application/xml',
  '',
  'multipart/form-data; boundary=x',
  'application/json;charset=utf-16',
  '*/*',
] as const
const versions = ['*', 'W/"1"', '"1"', 'W/"999"', 'x', '', 'W/"1", W/"2"', '"'] as const

/** A request as some client sends it, or one that went wrong in a way that clients, proxies and attackers make. */
export function randomRequest(random: Random, known: readonly string[]): FuzzRequest {
  if (random.chance(0.25)) return listRequest(random)
  const { method, path, headers = {}, body } = random.pick(exchanges)
  const filled = fill(body, stand(random, known))
  const sent = random.chance(0.3) ? filled : mutateJson(random, filled)
  return {
    method: random.chance(0.1) ? random.pick(methods) : method,
    path: randomPath(random, path, known),
    headers: { 'content-type': 'application/scim+json', ...randomHeaders(random, headers as Record<string, string>) },
    body: body === undefined && random.chance(0.9) ? undefined : textOf(random, sent),
    expected: 'any',
  }
}

/** Filters are where a list could come out whole by mistake. */
function listRequest(random: Random): FuzzRequest {
  const { text, expected } = randomFilter(random)
  const more = random.pick([
    '',
    '',
    '&count=5',
    '&count=0',
    '&startIndex=-3',
    '&count=x',
    '&attributes=userName',
    '&sortBy=userName',
    '&cursor',
    '&cursor=abc',
    '&attributes=x..y',
    '&excludedAttributes=emails&attributes=id',
    '&sortBy=__proto__&sortOrder=down',
    '&count=99999999999999999999',
  ])
  const tolerant = more.includes('count=') || more.includes('cursor') || more.includes('startIndex')
  if (random.chance(0.3)) {
    const body = { schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'], filter: text, count: 10 }
    return {
      method: 'POST',
      path: '/Users/.search',
      headers: { 'content-type': 'application/scim+json' },
      body: JSON.stringify(body),
      expected,
    }
  }
  const name = random.pick(['filter', 'filter', 'filter', 'Filter', 'FILTER'])
  const encoded = encode(text)
  const query = random.chance(0.05) ? `${name}=${encoded}&${name}=${encoded}` : `${name}=${encoded}`
  return {
    method: 'GET',
    path: `/Users?${query}${more}&${tolerant ? 'x' : 'aadOptscim062020'}`,
    headers: randomHeaders(random, {}),
    body: undefined,
    expected,
  }
}

/** Lone surrogates cannot be written in an address. */
const encode = (text: string): string => encodeURIComponent(text.toWellFormed())

const stand = (random: Random, known: readonly string[]) =>
  new Proxy({}, { has: () => true, get: (_, name) => (typeof name === 'string' ? idFor(random, known) : undefined) })

function idFor(random: Random, known: readonly string[]): string {
  if (known.length > 0 && random.chance(0.75)) return random.pick(known)
  return random.chance(0.5) ? '00000000-0000-4000-8000-000000000000' : random.pick(hostileTexts)
}

function randomPath(random: Random, path: string, known: readonly string[]): string {
  if (random.chance(0.06)) return random.pick(paths)
  const filled = path.replace(/\{\{\w+\}\}/g, () => encode(idFor(random, known)))
  if (random.chance(0.93)) return filled
  const at = random.below(filled.length)
  return `${filled.slice(0, at)}${random.pick(['%', '%zz', '%00', '%2F', '/', '//', '..', '?', '&', '#', encode(random.pick(hostileTexts))])}${filled.slice(at)}`
}

function randomHeaders(random: Random, headers: Readonly<Record<string, string>>): Record<string, string> {
  const filled = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value.replaceAll(/\{\{|\}\}/g, '')]),
  )
  if (random.chance(0.85)) return filled
  return {
    ...filled,
    ...random.pick([
      { 'content-type': random.pick(types) },
      { 'if-match': random.pick(versions) },
      { 'if-none-match': random.pick(versions) },
      { accept: random.pick(['', 'text/html', 'application/json', 'x']) },
      {
        authorization: random.pick([
          '',
          'Bearer',
          'Bearer x',
          'Basic eDp5',
          `Bearer scim_${'0'.repeat(12)}_${'a'.repeat(43)}`,
          'Bearer a.b.c',
        ]),
      },
      { 'x-forwarded-for': '1.2.3.4', 'user-agent': '' },
    ]),
  }
}

function textOf(random: Random, body: unknown): string {
  if (random.chance(0.05)) return random.pick(hostileJson)
  const text = JSON.stringify(body) ?? ''
  if (random.chance(0.93) || text.length === 0) return text
  const at = random.below(text.length)
  return random.chance(0.5)
    ? text.slice(0, at)
    : `${text.slice(0, at)}${random.pick(['"', '{', ',', '\\', '\u0000', '\n'])}${text.slice(at + 1)}`
}
