import { type LookupAddress, type LookupOptions, lookup } from 'node:dns'
import { connect, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { judgeAddress } from '../../../outgoing/address-rules.ts'
import { Problem } from '../../../problem/problem.ts'
import { ldapFailure } from '../ldap-failure.ts'
import { ldapProblems } from '../ldap-problems.ts'
import { requestStartTls } from './request-start-tls.ts'

export interface SocketOptions {
  readonly url: string
  readonly startTls: boolean
  readonly connectTimeoutMs: number
  readonly tls: {
    readonly ca?: string | undefined
    readonly servername?: string | undefined
    readonly clientCertificate?:
      | { readonly certificate: string; readonly privateKey: string; readonly passphrase?: string | undefined }
      | undefined
  }
}

/**
 * A socket on which LDAP can be spoken: connected, and encrypted if it is to be. It is not left to ldapts, which has no
 * timeout for StartTLS, loses the codes of errors and speaks TLS to ldap:// as soon as TLS options are given
 * (ldapts).
 */
export async function connectSocket(options: SocketOptions, signal: AbortSignal): Promise<Socket> {
  signal.throwIfAborted()
  const url = new URL(options.url)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const secure = url.protocol === 'ldaps:'
  const attempt = { doing: 'Connecting', server: url.host }
  const timer = new AbortController()
  const tooLate = setTimeout(() => timer.abort(timedOut(url.host)), options.connectTimeoutMs)
  const stop = AbortSignal.any([signal, timer.signal])
  try {
    const plain = await connectPlain(host, Number(url.port) || (secure ? 636 : 389), stop)
    if (options.startTls && !secure) await untilStopped(plain, stop, () => requestStartTls(plain, url.host))
    return secure || options.startTls ? await encrypted(plain, host, options.tls, stop) : plain
  } catch (error) {
    signal.throwIfAborted()
    throw ldapFailure(timer.signal.aborted ? timer.signal.reason : error, attempt)
  } finally {
    clearTimeout(tooLate)
  }
}

const timedOut = (server: string) =>
  new Problem(ldapProblems.ldap_connect_timeout, `${server} did not accept a connection in time.`, {
    context: { server },
  })

async function connectPlain(host: string, port: number, stop: AbortSignal): Promise<Socket> {
  if (isIP(host)) refuseForbidden(host, host)
  const socket = connect({ host, port, lookup: guardedLookup })
  await untilStopped(
    socket,
    stop,
    () =>
      new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve)
        socket.once('error', reject)
      }),
  )
  socket.setNoDelay(true)
  socket.setKeepAlive(true, 30_000)
  return socket
}

async function encrypted(plain: Socket, host: string, tls: SocketOptions['tls'], stop: AbortSignal): Promise<Socket> {
  const { ca, servername, clientCertificate } = tls
  const name = servername ?? host
  const socket = connectTls({
    socket: plain,
    // RFC 6066: an address is no server name.
    ...(isIP(name) ? { host: name } : { servername: name }),
    ...(ca === undefined ? {} : { ca }),
    ...(clientCertificate && {
      cert: clientCertificate.certificate,
      key: clientCertificate.privateKey,
      passphrase: clientCertificate.passphrase,
    }),
    minVersion: 'TLSv1.2',
  })
  await untilStopped(
    plain,
    stop,
    () =>
      new Promise<void>((resolve, reject) => {
        socket.once('secureConnect', resolve)
        socket.once('error', reject)
        socket.once('close', () => reject(handshakeEnded()))
      }),
  )
  return socket
}

const handshakeEnded = () => Object.assign(new Error('the handshake was not finished'), { code: 'ERR_TLS_HANDSHAKE' })

/** Waits for `step`; if it fails or is stopped, the socket goes. */
async function untilStopped(socket: Socket, stop: AbortSignal, step: () => Promise<void>): Promise<void> {
  let stopped = () => {}
  const aborted = new Promise<never>((_, reject) => {
    stopped = () => reject(stop.reason)
    if (stop.aborted) stopped()
    else stop.addEventListener('abort', stopped, { once: true })
  })
  try {
    await Promise.race([step(), aborted])
  } catch (error) {
    socket.on('error', () => {})
    socket.destroy()
    throw error
  } finally {
    stop.removeEventListener('abort', stopped)
  }
}

type LookupCallback = (error: Error | null, address: string | LookupAddress[], family?: number) => void

/** Judged when it is connected to: a name may resolve to something else than it did before. */
function guardedLookup(hostname: string, options: LookupOptions, callback: LookupCallback): void {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '')
    try {
      for (const { address } of addresses) refuseForbidden(hostname, address)
    } catch (refusal) {
      return callback(refusal as Error, '')
    }
    const [first] = addresses
    if (options.all || !first) callback(null, addresses)
    else callback(null, first.address, first.family)
  })
}

/** Directory servers are in private networks nearly always; link-local and metadata addresses never are ones. */
function refuseForbidden(hostname: string, address: string): void {
  if (judgeAddress(address) !== 'neverAllowed') return
  throw new Problem(
    ldapProblems.ldap_address_refused,
    `${hostname} has a link-local or metadata address, which is not connected to.`,
    { context: { hostname } },
  )
}
