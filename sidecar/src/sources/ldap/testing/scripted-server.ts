import type { AddressInfo } from 'node:net'
import { createServer, type Socket } from 'node:net'
import { readHeader } from '../wire/ber-header.ts'
import { cutFrames } from '../wire/cut-frames.ts'

const operations: Readonly<Record<number, string>> = { 96: 'bind', 66: 'unbind', 99: 'search', 119: 'extended' }

export interface Request {
  readonly id: number
  readonly operation: string
  readonly socket: Socket
  /** The whole message, to look for what it holds. */
  readonly frame: Buffer
  /** From 0, over all searches of the server. */
  readonly search: number
}

export interface ScriptedServer {
  readonly url: string
  readonly requests: Request[]
  close(): Promise<void>
}

/** A server that answers binds with success, and searches as the script says. It knows nothing of directories. */
export async function startScriptedServer(onSearch: (request: Request) => void): Promise<ScriptedServer> {
  const requests: Request[] = []
  const sockets = new Set<Socket>()
  let searches = 0
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    const cut = cutFrames((frame) => {
      const message = readHeader(frame, 0)
      const number = readHeader(frame, message.start)
      const id = frame.readUIntBE(number.start, number.end - number.start)
      const operation = operations[readHeader(frame, number.end).tag] ?? 'unknown'
      const request = { id, operation, socket, frame, search: operation === 'search' ? searches++ : -1 }
      requests.push(request)
      if (operation === 'bind') socket.write(result(id, 0x61))
      if (operation === 'search') onSearch(request)
    })
    socket.on('data', cut)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `ldap://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** One BER element. */
export function element(tag: number, ...contents: readonly (Buffer | string)[]): Buffer {
  const content = Buffer.concat(contents.map((each) => Buffer.from(each as string)))
  if (content.length < 0x80) return Buffer.concat([Buffer.from([tag, content.length]), content])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  return Buffer.concat([Buffer.from([tag, 0x84]), length, content])
}

const idElement = (id: number): Buffer => element(0x02, Buffer.from([id >> 24, id >> 16, id >> 8, id]))

/** SearchResultEntry (RFC 4511 4.5.2). */
export function entry(
  id: number,
  dn: string,
  attributes: Readonly<Record<string, readonly (string | Buffer)[]>>,
): Buffer {
  const list = Object.entries(attributes).map(([type, values]) =>
    element(0x30, element(0x04, type), element(0x31, ...values.map((value) => element(0x04, value)))),
  )
  return element(0x30, idElement(id), element(0x64, element(0x04, dn), element(0x30, ...list)))
}

/** Where the content of the operation begins in a message. */
export function contentOf(frame: Buffer): number {
  const message = readHeader(frame, 0)
  return readHeader(frame, readHeader(frame, message.start).end).start
}

export const reference = (id: number, url: string): Buffer =>
  element(0x30, idElement(id), element(0x73, element(0x04, url)))

/** A result, with the cookie of the next page if there is one (RFC 2696). */
export function result(id: number, tag: number, code = 0, cookie?: string, message = ''): Buffer {
  const body = element(tag, element(0x0a, Buffer.from([code])), element(0x04), element(0x04, message))
  if (cookie === undefined) return element(0x30, idElement(id), body)
  const value = element(0x30, element(0x02, Buffer.from([0])), element(0x04, cookie))
  const control = element(0x30, element(0x04, '1.2.840.113556.1.4.319'), element(0x04, value))
  return element(0x30, idElement(id), body, element(0xa0, control))
}

export const done = (id: number, code = 0, cookie?: string): Buffer => result(id, 0x65, code, cookie)
