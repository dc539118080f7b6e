import type { Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import type { Client, Filter, SearchOptions } from 'ldapts'
import { Problem } from '../../problem/problem.ts'
import { type Attempt, isOfOneServer, ldapFailure } from './ldap-failure.ts'
import { ldapProblems } from './ldap-problems.ts'
import type { LdapSettings } from './ldap-settings.ts'
import { refuseReferrals } from './refuse-referrals.ts'
import { connectSocket } from './wire/connect-socket.ts'
import { createLdapClient, pageOf, type SearchedPage } from './wire/ldap-client.ts'
import type { LdapEntry } from './wire/ldap-entry.ts'

export interface Query {
  /** For messages: "people". */
  readonly what: string
  readonly base: string
  readonly filter: Filter
  readonly attributes: readonly string[]
}

/** A connection that is signed in, for the length of one operation. It never connects again: its pages are of one server. */
export interface LdapSession {
  readonly url: string
  readonly server: string
  /** All entries below a base, page by page; the next page is on its way while one is looked at. */
  search(query: Query): AsyncGenerator<SearchedPage>
  /** All entries of a search that brings few. */
  all(query: Query): Promise<LdapEntry[]>
  /** The entry with that DN; `undefined` when there is none, or none for us. */
  entry(dn: string, attributes: readonly string[], filter?: Filter): Promise<LdapEntry | undefined>
  close(): Promise<void>
}

/** So many pages without an entry in a row are no listing any more. */
const mostEmptyPages = 1000

/** Opens a session at the first server that can be reached, beginning with `preferred`. */
export async function openSession(
  settings: LdapSettings,
  signal: AbortSignal,
  preferred?: string,
): Promise<LdapSession> {
  const urls = [...settings.urls].sort((a, b) => Number(b === preferred) - Number(a === preferred))
  let failure: unknown
  for (const url of urls) {
    try {
      return await openAt(url, settings, signal)
    } catch (error) {
      signal.throwIfAborted()
      // A wrong password is wrong everywhere, and trying it at each server locks the account.
      if (!isOfOneServer(error)) throw error
      failure ??= error
    }
  }
  throw failure
}

async function openAt(url: string, settings: LdapSettings, signal: AbortSignal): Promise<LdapSession> {
  const { timeouts, startTls, tls } = settings
  const socket = await connectSocket({ url, startTls, tls, connectTimeoutMs: timeouts.connectSeconds * 1000 }, signal)
  const line = createLine(socket, new URL(url).host, settings, signal)
  try {
    await line.send('Signing in', (client) => bind(client, settings))
  } catch (error) {
    await line.close()
    throw error
  }
  return sessionOver(line, url, settings)
}

/** Without an account the client certificate signs in (RFC 4513 5.2.3). */
const bind = (client: Client, { bindDn, bindPassword }: LdapSettings): Promise<void> =>
  bindDn === undefined ? client.bind('EXTERNAL') : client.bind(bindDn, bindPassword)

/** The connection with its failures in our own words. */
interface Line {
  readonly server: string
  send<T>(doing: string, request: (client: Client) => Promise<T>): Promise<T>
  close(): Promise<void>
}

function createLine(socket: Socket, server: string, settings: LdapSettings, signal: AbortSignal): Line {
  const client = createLdapClient(socket, settings.timeouts.searchSeconds * 1000)
  let broken: Error | undefined
  const idle = settings.timeouts.idleSeconds
  socket.on('timeout', () => {
    socket.destroy(new Problem(ldapProblems.ldap_answer_timeout, `${server} sent nothing for ${idle} seconds.`))
  })
  // Asked for before ldapts, which forgets the code of the error.
  socket.prependListener('close', () => {
    broken ??= socket.errored ?? undefined
  })
  const abort = () => socket.destroy()
  signal.addEventListener('abort', abort, { once: true })
  return {
    server,
    async send(doing, request) {
      signal.throwIfAborted()
      socket.setTimeout(idle * 1000)
      try {
        return await request(client)
      } catch (error) {
        signal.throwIfAborted()
        const attempt: Attempt = { doing, server }
        throw ldapFailure(broken ?? socket.errored ?? error, attempt)
      } finally {
        socket.setTimeout(0)
      }
    },
    async close() {
      signal.removeEventListener('abort', abort)
      await client.unbind().catch(() => {})
      socket.destroy()
    },
  }
}

function sessionOver(line: Line, url: string, settings: LdapSettings): LdapSession {
  const { server } = line
  async function* search({ what, base, filter, attributes }: Query): AsyncGenerator<SearchedPage> {
    const options: SearchOptions = {
      ...usual,
      scope: 'sub',
      filter,
      attributes: [...attributes],
      paged: { pageSize: settings.pageSize },
    }
    const doing = `Searching ${what} below ${base}`
    const pages = line.send(doing, async (client) => client.searchPaginated(base, options))
    const iterator = (await pages)[Symbol.asyncIterator]()
    const next = () => line.send(doing, () => iterator.next())
    let empty = 0
    for (let ahead = next(); ; ) {
      const { value, done } = await ahead
      if (done) return
      const page = pageOf(value)
      refuseReferrals(page.referrals, settings, { doing, server })
      empty = page.entries.length === 0 ? empty + 1 : 0
      if (empty > mostEmptyPages) throw stuck(doing, server)
      ahead = next()
      // It is awaited only when this page is done with.
      ahead.catch(() => {})
      // Until it is on its way: whoever works on a page gives way to nothing meanwhile.
      await setImmediate()
      yield page
    }
  }
  return {
    url,
    server,
    search,
    async all(query) {
      const entries: LdapEntry[] = []
      for await (const page of search(query)) entries.push(...page.entries)
      return entries
    },
    async entry(dn, attributes, filter) {
      const options: SearchOptions = {
        ...usual,
        scope: 'base',
        attributes: [...attributes],
        ...(filter && { filter }),
      }
      try {
        const result = await line.send(`Reading ${dn || 'the root DSE'}`, (client) => client.search(dn, options))
        return pageOf(result).entries[0]
      } catch (error) {
        if (error instanceof Problem && isNone.has(error.code)) return undefined
        throw error
      }
    },
    close: line.close,
  }
}

/** There is no such entry, or not for us: servers choose one of these to hide which. */
const isNone = new Set([ldapProblems.ldap_base_not_found.code, ldapProblems.ldap_access_denied.code])

/** No size limit: with one, ldapts takes a truncated list for a success (ldapts). No time limit of ours. */
const usual: SearchOptions = { timeLimit: 0, derefAliases: 'never' }

const stuck = (doing: string, server: string) =>
  new Problem(ldapProblems.ldap_paging_stuck, `${doing} at ${server}: ${mostEmptyPages} empty pages in a row.`, {
    context: { server },
  })
