import { afterEach, describe, expect, test } from 'vitest'
import { Problem } from '../../problem/problem.ts'
import { parseSourceSettings } from '../registry.ts'
import { equals } from './filters.ts'
import { type LdapSession, openSession } from './ldap-session.ts'
import type { LdapSettings } from './ldap-settings.ts'
import {
  done,
  entry,
  type Request,
  reference,
  type ScriptedServer,
  startScriptedServer,
} from './testing/scripted-server.ts'

const never = new AbortController().signal
const servers: ScriptedServer[] = []
const sessions: LdapSession[] = []
afterEach(async () => {
  for (const session of sessions.splice(0)) await session.close()
  for (const server of servers.splice(0)) await server.close()
})

const settingsFor = (url: string, changes: object = {}) =>
  parseSourceSettings('ldap', 'ldap', {
    urls: [url],
    bindDn: 'cn=reader,dc=x',
    bindPassword: 'secret',
    baseDn: 'dc=x',
    timeouts: { connectSeconds: 2, searchSeconds: 2, idleSeconds: 1 },
    ...changes,
  }) as LdapSettings

async function open(onSearch: (request: Request) => void, changes: object = {}, signal = never) {
  const server = await startScriptedServer(onSearch)
  servers.push(server)
  const session = await openSession(settingsFor(server.url, changes), signal)
  sessions.push(session)
  return { server, session }
}

const query = { what: 'people', base: 'dc=x', filter: equals('uid', 'a'), attributes: ['uid'] }
const dns = async (session: LdapSession) => (await session.all(query)).map(({ dn }) => dn)
const problemOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof Problem ? error.code : error),
  )

describe('paging', () => {
  test('an empty page with a cookie is not the end', async () => {
    const { server, session } = await open(({ id, socket, search }) => {
      if (search === 0) socket.write(Buffer.concat([entry(id, 'uid=a', { uid: ['a'] }), done(id, 0, 'one')]))
      if (search === 1) socket.write(done(id, 0, 'two'))
      if (search === 2) socket.write(Buffer.concat([entry(id, 'uid=b', { uid: ['b'] }), done(id, 0, '')]))
    })
    expect(await dns(session)).toEqual(['uid=a', 'uid=b'])
    const cookies = server.requests
      .filter(({ operation }) => operation === 'search')
      .map(({ frame }) => frame.toString('latin1'))
    expect(cookies[1]).toContain('one')
    expect(cookies[2]).toContain('two')
  })

  test('empty pages without end are an error', async () => {
    const { session } = await open(({ id, socket }) => socket.write(done(id, 0, 'again')))
    expect(await problemOf(dns(session))).toBe('ldap_paging_stuck')
  })

  test('answers in any number of pieces are the same answers', async () => {
    const { session } = await open(({ id, socket }) => {
      const all = Buffer.concat([entry(id, 'uid=a', { uid: ['x'.repeat(300)] }), entry(id, 'uid=b', {}), done(id)])
      const next = (at: number) => {
        if (at < all.length) socket.write(all.subarray(at, at + 7), () => setImmediate(next, at + 7))
      }
      next(0)
    })
    expect(await dns(session)).toEqual(['uid=a', 'uid=b'])
  })
})

describe('every result but success is an error with a code of its own', () => {
  const table: readonly (readonly [number, string])[] = [
    [1, 'ldap_request_refused'],
    [3, 'ldap_time_limit'],
    [4, 'ldap_size_limit'],
    [8, 'ldap_strong_auth_required'],
    [10, 'ldap_referral'],
    [11, 'ldap_admin_limit'],
    [12, 'ldap_paging_unsupported'],
    [32, 'ldap_base_not_found'],
    [49, 'ldap_credentials_wrong'],
    [50, 'ldap_access_denied'],
    [51, 'ldap_busy'],
    [52, 'ldap_unavailable'],
  ]
  test.each(table)('result %i after entries is %s', async (code, problem) => {
    const { session } = await open(({ id, socket }) => {
      socket.write(Buffer.concat([entry(id, 'uid=a', { uid: ['a'] }), done(id, code)]))
    })
    expect(await problemOf(dns(session))).toBe(problem)
  })

  test('an entry that does not exist or may not be read is none; a server that is busy is an error', async () => {
    const codes = [32, 50, 51]
    const { session } = await open(({ id, socket, search }) => socket.write(done(id, codes[search])))
    expect(await session.entry('dc=x', [])).toBeUndefined()
    expect(await session.entry('dc=x', [])).toBeUndefined()
    expect(await problemOf(session.entry('dc=x', []))).toBe('ldap_busy')
  })
})

describe('connections', () => {
  test('a connection that ends in the middle is an error, and nothing is asked anonymously afterwards', async () => {
    const { server, session } = await open(({ id, socket }) => {
      socket.write(entry(id, 'uid=a', { uid: ['a'] }))
      setTimeout(() => socket.destroy(), 20)
    })
    expect(await problemOf(dns(session))).toBe('ldap_connection_lost')
    expect(await problemOf(dns(session))).toBe('ldap_connection_lost')
    expect(server.requests.map(({ operation }) => operation)).toEqual(['bind', 'search'])
  })

  test('a server that falls silent is given up', async () => {
    const { session } = await open(({ id, socket }) => socket.write(entry(id, 'uid=a', {})))
    expect(await problemOf(dns(session))).toBe('ldap_answer_timeout')
  })

  test('what is no LDAP is an error', async () => {
    const { session } = await open(({ socket }) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'))
    expect(await problemOf(dns(session))).toBe('ldap_answer_malformed')
  })

  test('an intermediate response, which ldapts does not know, is an error and no hang', async () => {
    const { session } = await open(({ id, socket }) =>
      socket.write(Buffer.from([0x30, 0x05, 0x02, 0x01, id, 0x79, 0x00])),
    )
    expect(await problemOf(dns(session))).toBe('ldap_answer_malformed')
  })

  test('a stop ends a search with its reason', async () => {
    const stop = new AbortController()
    const reason = new Error('stopped')
    const { session } = await open(() => stop.abort(reason), {}, stop.signal)
    await expect(session.all(query)).rejects.toBe(reason)
  })

  test('the next host is tried when the first does not answer', async () => {
    const server = await startScriptedServer(({ id, socket }) => socket.write(done(id)))
    servers.push(server)
    const session = await openSession(
      settingsFor('ldap://127.0.0.1:1', { urls: ['ldap://127.0.0.1:1', server.url] }),
      never,
    )
    sessions.push(session)
    expect(session.url).toBe(server.url)
  })

  test('nobody listening is told as such', async () => {
    expect(await problemOf(openSession(settingsFor('ldap://127.0.0.1:1'), never))).toBe('ldap_connection_refused')
  })

  test('a metadata address is never connected to', async () => {
    expect(await problemOf(openSession(settingsFor('ldap://169.254.169.254'), never))).toBe('ldap_address_refused')
  })
})

describe('referrals', () => {
  const referred = (url: string, changes: object = {}) =>
    open(({ id, socket }) => {
      socket.write(Buffer.concat([entry(id, 'uid=a', { uid: ['a'] }), reference(id, url), done(id)]))
    }, changes)

  test('a part of the base on another server makes the list incomplete', async () => {
    const { session } = await referred('ldap://child.x/dc=child,dc=x??sub')
    expect(await problemOf(dns(session))).toBe('ldap_referral')
  })

  test.each([
    'ldap://DomainDnsZones.x/DC=DomainDnsZones,DC=x',
    'ldap://ForestDnsZones.x/DC=ForestDnsZones,DC=x',
    'ldap://x/CN=Configuration,DC=x',
  ])('%s holds nobody', async (url) => {
    const { session } = await referred(url)
    expect(await dns(session)).toEqual(['uid=a'])
  })

  test('they are ignored by choice only', async () => {
    const { session } = await referred('ldap://child.x/dc=child,dc=x??sub', { referrals: 'ignore' })
    expect(await dns(session)).toEqual(['uid=a'])
  })
})
