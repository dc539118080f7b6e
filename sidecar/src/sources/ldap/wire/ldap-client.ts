import type { Socket } from 'node:net'
import {
  Client,
  type Entry,
  PagedResultsControl,
  type SearchRequest,
  type SearchResult,
  StatusCodeParser,
} from 'ldapts'
import { readHeader } from './ber-header.ts'
import { cutFrames } from './cut-frames.ts'
import { entryOver, type LdapEntry } from './ldap-entry.ts'

/** What a page of a search brought. */
export interface SearchedPage {
  readonly entries: readonly LdapEntry[]
  readonly referrals: readonly string[]
  readonly bytes: number
}

/** The private parts of ldapts 9.2.0 that are replaced; the version is pinned for their sake, and tests watch them. */
interface Inside {
  messageParser: { read(data: Buffer, details: unknown): void }
  _nextMessageId(): number
  _send(message: SearchRequest): Promise<SearchDone | undefined>
  _sendSearch: unknown
  _connect: unknown
}

interface SearchDone {
  readonly status: number
  readonly errorMessage: string
  readonly controls?: readonly unknown[]
  readonly searchReferences: readonly { readonly uris: readonly string[] }[]
}

const searchResultEntry = 0x64

/**
 * A client of ldapts on a socket that is connected already, without what makes ldapts dangerous to a synchronization
 * (ldapts): it never connects again by itself, follows the cookie of a paged search whether or not a page had
 * entries, takes every result but success for an error, and hands entries over as they were sent.
 */
export function createLdapClient(socket: Socket, timeoutMs: number): Client {
  let given = false
  const client = new Client({
    // The address is never used: the socket is given.
    url: 'ldap://localhost',
    timeout: timeoutMs,
    createConnection: () => {
      if (given || socket.destroyed) throw new Error('the connection was lost')
      given = true
      return socket
    },
  })
  const inside = client as unknown as Inside
  for (const name of ['_nextMessageId', '_send', '_sendSearch', '_connect'] as const) {
    if (typeof inside[name] !== 'function') throw new TypeError(`this version of ldapts has no ${name}`)
  }
  const entries = collectEntries(inside, (error) => socket.destroy(error))
  inside._sendSearch = (
    request: SearchRequest,
    result: SearchResult,
    _paged: boolean,
    _pageSize: number,
    control?: PagedResultsControl,
  ) => sendSearch(inside, entries, { request, result, control })
  return client
}

interface Collected {
  readonly entries: LdapEntry[]
  bytes: number
}

/** Takes entries out of the stream before ldapts parses them, value by value; all other messages are left to ldapts. */
function collectEntries(inside: Inside, broken: (error: Error) => void): Map<number, Collected> {
  const collected = new Map<number, Collected>()
  const { messageParser } = inside
  let details: unknown
  const cut = cutFrames((frame) => {
    const message = readHeader(frame, 0)
    const id = readHeader(frame, message.start)
    const operation = readHeader(frame, id.end)
    if (operation.tag !== searchResultEntry) {
      messageParser.read(frame, details)
      return
    }
    const number = frame.readUIntBE(id.start, id.end - id.start)
    const search = collected.get(number)
    // Of a search that nobody waits for any more.
    if (!search) return
    search.entries.push(entryOver(frame, operation.start))
    search.bytes += frame.length
  })
  inside.messageParser = {
    read(piece, ofNow) {
      details = ofNow
      try {
        cut(piece)
      } catch (error) {
        broken(error as Error)
      }
    },
  }
  return collected
}

interface Sending {
  readonly request: SearchRequest
  readonly result: SearchResult
  readonly control: PagedResultsControl | undefined
}

/** One page; the control of the next one is returned for as long as there is a cookie, even after an empty page. */
async function sendSearch(
  inside: Inside,
  collected: Map<number, Collected>,
  { request, result, control }: Sending,
): Promise<PagedResultsControl | undefined> {
  const id = inside._nextMessageId()
  const search: Collected = { entries: [], bytes: 0 }
  request.messageId = id
  collected.set(id, search)
  try {
    const done = await inside._send(request)
    if (done?.status !== 0) throw StatusCodeParser.parse(done as Parameters<typeof StatusCodeParser.parse>[0])
    for (const entry of search.entries) result.searchEntries.push(entry as unknown as Entry)
    for (const { uris } of done.searchReferences) result.searchReferences.push(...uris)
    Object.assign(result, { bytes: search.bytes })
    return nextPage(done, control)
  } finally {
    collected.delete(id)
  }
}

function nextPage(done: SearchDone, control: PagedResultsControl | undefined): PagedResultsControl | undefined {
  const answer = done.controls?.find((each): each is PagedResultsControl => each instanceof PagedResultsControl)
  const cookie = answer?.value?.cookie
  if (!control?.value || !cookie?.length) return undefined
  control.value.cookie = cookie
  return control
}

/** The page as our client filled it in. */
export const pageOf = (result: SearchResult): SearchedPage => ({
  entries: result.searchEntries as unknown as LdapEntry[],
  referrals: result.searchReferences,
  bytes: (result as SearchResult & { bytes?: number }).bytes ?? 0,
})
