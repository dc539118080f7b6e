import type { Socket } from 'node:net'
import type { Fault } from './fault.ts'
import {
  asksForPage,
  createFrameReader,
  intermediateResponse,
  type LdapFrame,
  noticeOfDisconnection,
  operations,
  searchDone,
  searchReference,
  withMessageId,
} from './ldap-frames.ts'

/** One page that was asked for, and how far its answer got. */
interface Page {
  readonly number: number
  entries: number
}

/** Carries one connection and lets the fault strike it. */
export function proxyConnection(
  client: Socket,
  server: Socket,
  fault: Fault | undefined,
  seen: { struck: number; pages: number },
): void {
  const pages = new Map<number, Page>()
  const looped: LdapFrame[] = []
  let asked = 0
  let sent = 0
  let silent = false
  let postponed: LdapFrame | undefined

  const send = (bytes: Buffer): void => {
    if (silent || client.destroyed) return
    const limit = fault && 'at' in fault && 'bytes' in fault.at ? fault.at.bytes : Number.POSITIVE_INFINITY
    const allowed = bytes.subarray(0, Math.max(0, limit - sent))
    sent += allowed.length
    if (allowed.length > 0) deliver(allowed)
    if (sent >= limit) strike()
  }

  const deliver = (bytes: Buffer): void => {
    if (fault?.kind === 'delay') setTimeout(() => client.destroyed || client.write(bytes), fault.ms)
    else client.write(bytes)
  }

  /** The faults of a moment; those that change a page's end are in `pageEnds`. */
  function strike(messageId = 0): void {
    seen.struck += 1
    if (fault?.kind === 'cut') cut(fault.how)
    if (fault?.kind === 'silence') silent = true
    if (fault?.kind === 'garbage') client.write('HTTP/1.1 502 Bad Gateway\r\n\r\n<html>')
    if (fault?.kind === 'meanwhile') {
      silent = true
      void fault.act().then(() => client.destroy())
    }
    if (fault?.kind !== 'inject') return
    if (fault.what === 'reference')
      client.write(searchReference(messageId, 'ldap://elsewhere.example/dc=example,dc=com'))
    if (fault.what === 'intermediate') client.write(intermediateResponse(messageId))
    if (fault.what !== 'notice') return
    client.end(noticeOfDisconnection())
    silent = true
  }

  function cut(how: 'reset' | 'end'): void {
    silent = true
    if (how === 'end') client.end()
    else client.resetAndDestroy()
  }

  function pageEnds(frame: LdapFrame, { number }: Page): Buffer {
    if (fault?.kind === 'result' && fault.page === number) return struck(searchDone(frame.messageId, fault.code))
    if (fault?.kind === 'falseEnd' && fault.page === number) return struck(searchDone(frame.messageId, 0, ''))
    return frame.bytes
  }

  const struck = (bytes: Buffer): Buffer => {
    seen.struck += 1
    return bytes
  }

  /** Whether the fault strikes before this frame of the page. */
  function strikesNow(frame: LdapFrame, page: Page): boolean {
    if (!fault || !('at' in fault) || !('page' in fault.at) || fault.at.page !== page.number) return false
    const { afterEntries } = fault.at
    return afterEntries === undefined ? frame.operation === operations.searchDone : page.entries === afterEntries
  }

  function answer(frame: LdapFrame): void {
    const page = pages.get(frame.messageId)
    if (!page) {
      send(frame.bytes)
      return
    }
    if (strikesNow(frame, page)) strike(frame.messageId)
    page.entries += 1
    if (fault?.kind === 'loop' && fault.page === page.number) looped.push(frame)
    send(frame.operation === operations.searchDone ? pageEnds(frame, page) : frame.bytes)
  }

  function request(frame: LdapFrame): void {
    if (!asksForPage(frame)) {
      server.write(frame.bytes)
      return
    }
    asked += 1
    seen.pages += 1
    pages.set(frame.messageId, { number: asked, entries: 0 })
    if (fault?.kind === 'emptyPage' && fault.page === asked) {
      postponed = frame
      send(struck(searchDone(frame.messageId, 0, 'a cookie')))
    } else if (fault?.kind === 'loop' && asked > fault.page) {
      seen.struck += 1
      for (const again of looped) send(withMessageId(again, frame.messageId))
    } else {
      server.write(postponed ? withMessageId(postponed, frame.messageId) : frame.bytes)
      postponed = undefined
    }
  }

  client.on(
    'data',
    createFrameReader(request, (bytes) => server.write(bytes)),
  )
  server.on('data', createFrameReader(answer, send))
  client.on('end', () => server.end()).on('close', () => server.destroy())
  server.on('end', () => silent || client.end()).on('close', () => silent || client.end())
}
