import { lookup as dnsLookup, type LookupAddress, type LookupOptions } from 'node:dns'
import { isIP } from 'node:net'
import { buildConnector } from 'undici'
import { Problem } from '../problem/problem.ts'
import { judgeAddress } from './address-rules.ts'
import { outgoingProblems } from './outgoing-problems.ts'

export interface ConnectorOptions {
  readonly allowPrivateAddresses: boolean
  readonly connectTimeoutMs: number
  /** PEM certificates trusted instead of the system's. */
  readonly ca?: string | undefined
}

/**
 * Opens sockets for undici. The address is judged here, when it is connected to, because a name may resolve to
 * something else than it did when it was checked (DNS rebinding).
 */
export function createGuardedConnector(options: ConnectorOptions): buildConnector.connector {
  const connect = buildConnector({
    timeout: options.connectTimeoutMs,
    lookup: guardedLookup(options.allowPrivateAddresses),
    ...(options.ca === undefined ? {} : { ca: options.ca }),
  })
  return (target, callback) => {
    // A literal address is never looked up.
    const refusal = isIP(target.hostname) ? refusalOf(target.hostname, target.hostname, options) : undefined
    if (refusal) callback(refusal, null)
    else connect(target, callback)
  }
}

type LookupCallback = (error: Error | null, address: string | LookupAddress[], family?: number) => void

function guardedLookup(allowPrivateAddresses: boolean) {
  return (hostname: string, options: LookupOptions, callback: LookupCallback): void => {
    dnsLookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '')
      for (const { address } of addresses) {
        const refusal = refusalOf(hostname, address, { allowPrivateAddresses })
        if (refusal) return callback(refusal, '')
      }
      const [first] = addresses
      if (options.all || !first) callback(null, addresses)
      else callback(null, first.address, first.family)
    })
  }
}

function refusalOf(
  hostname: string,
  address: string,
  options: Pick<ConnectorOptions, 'allowPrivateAddresses'>,
): Problem | undefined {
  const verdict = judgeAddress(address)
  if (verdict === 'allowed' || (verdict === 'private' && options.allowPrivateAddresses)) return undefined
  const what = verdict === 'private' ? 'a private or loopback address' : 'a link-local or metadata address'
  return new Problem(
    outgoingProblems.outgoing_address_refused,
    `${hostname} has ${what}, which is not connected to.`,
    verdict === 'neverAllowed'
      ? { remedy: 'Check the host name: such an address is never connected to.', context: { hostname, verdict } }
      : { context: { hostname, verdict } },
  )
}
