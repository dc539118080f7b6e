/** One LDAPMessage (RFC 4511 section 4.1.1) as it travels, taken apart as far as faults need it. */
export interface LdapFrame {
  readonly bytes: Buffer
  readonly messageId: number
  /** Tag of the protocolOp. */
  readonly operation: number
}

export const operations = { searchRequest: 0x63, entry: 0x64, searchDone: 0x65 } as const

const pagedResults = '1.2.840.113556.1.4.319'

/** Whether a request asks for a page (RFC 2696): its control is named in clear. */
export const asksForPage = ({ operation, bytes }: LdapFrame): boolean =>
  operation === operations.searchRequest && bytes.includes(pagedResults)

/** Puts messages together that come in pieces; what is not LDAP (TLS, for one) is given to `foreign` as it comes. */
export function createFrameReader(onFrame: (frame: LdapFrame) => void, foreign: (bytes: Buffer) => void) {
  let waiting: Buffer = Buffer.alloc(0)
  let encrypted = false
  return (chunk: Buffer): void => {
    waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk])
    while (!encrypted && waiting.length > 0) {
      if (waiting[0] !== 0x30) {
        encrypted = true
        break
      }
      const end = elementEnd(waiting, 0)
      if (end === undefined || waiting.length < end) return
      const bytes = waiting.subarray(0, end)
      waiting = waiting.subarray(end)
      onFrame(parseFrame(bytes))
    }
    if (waiting.length > 0) foreign(waiting)
    waiting = Buffer.alloc(0)
  }
}

function parseFrame(bytes: Buffer): LdapFrame {
  const { idStart, idEnd } = idOf(bytes)
  return {
    bytes,
    messageId: bytes.subarray(idStart + 2, idEnd).reduce((sum, byte) => sum * 256 + byte, 0),
    operation: bytes[idEnd] ?? 0,
  }
}

/** The same message under another id. */
export function withMessageId({ bytes }: LdapFrame, messageId: number): Buffer {
  return element(0x30, integer(messageId), bytes.subarray(idOf(bytes).idEnd))
}

function idOf(bytes: Buffer) {
  const idStart = contentStart(bytes, 0) ?? 0
  return { idStart, idEnd: elementEnd(bytes, idStart) ?? bytes.length }
}

/** SearchResultDone, with the control of a page if there is a cookie; an empty one says that this was the last page. */
export function searchDone(messageId: number, code: number, cookie?: string): Buffer {
  const result = [element(0x0a, Buffer.from([code])), octets(''), octets('injected by a test')]
  const control = cookie === undefined ? [] : [element(0xa0, pageControl(cookie))]
  return element(0x30, integer(messageId), element(operations.searchDone, ...result), ...control)
}

const pageControl = (cookie: string): Buffer =>
  element(0x30, octets(pagedResults), element(0x04, element(0x30, integer(0), octets(cookie))))

/** Notice of Disconnection (RFC 4511 section 4.4.1): code `unavailable`. */
export const noticeOfDisconnection = (): Buffer => {
  const result = [element(0x0a, Buffer.from([52])), octets(''), octets('shutting down')]
  return element(0x30, integer(0), element(0x78, ...result, element(0x8a, Buffer.from('1.3.6.1.4.1.1466.20036'))))
}

/** SearchResultReference to another server (RFC 4511 section 4.5.3). */
export const searchReference = (messageId: number, url: string): Buffer =>
  element(0x30, integer(messageId), element(0x73, octets(url)))

/** IntermediateResponse (RFC 4511 section 4.13), which nobody asked for. */
export const intermediateResponse = (messageId: number): Buffer =>
  element(0x30, integer(messageId), element(0x79, element(0x80, Buffer.from('1.3.6.1.4.1.4203.1.9.1.4'))))

function element(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content])
  const header = Buffer.alloc(6)
  header.writeUInt8(tag, 0)
  header.writeUInt8(0x84, 1)
  header.writeUInt32BE(length, 2)
  return Buffer.concat([header, content])
}

const octets = (text: string): Buffer => element(0x04, Buffer.from(text))

function integer(value: number): Buffer {
  const bytes = Buffer.alloc(5)
  bytes.writeUInt32BE(value, 1)
  const first = bytes.findIndex((byte, index) => index === 4 || byte !== 0 || (bytes[index + 1] ?? 0) >= 0x80)
  return element(0x02, bytes.subarray(first))
}

/** Where the content of an element begins, once its header is there (X.690 section 8.1.3). */
function contentStart(bytes: Buffer, at: number): number | undefined {
  const length = bytes[at + 1]
  if (length === undefined) return undefined
  return at + 2 + (length < 0x80 ? 0 : length & 0x7f)
}

function elementEnd(bytes: Buffer, at: number): number | undefined {
  const start = contentStart(bytes, at)
  if (start === undefined || bytes.length < start) return undefined
  const short = bytes[at + 1] ?? 0
  return start + (short < 0x80 ? short : bytes.readUIntBE(at + 2, start - at - 2))
}
