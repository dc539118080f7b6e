import { BlockList, isIP } from 'node:net'

/**
 * Ranges that no connector ever needs: link-local (RFC 3927, RFC 4291) and the metadata services of clouds, which hand
 * out credentials to whoever can make us ask (AWS, Azure, Alibaba, Oracle, Google).
 */
const neverAllowed = blockList(
  ['169.254.0.0/16', '100.100.100.200/32', '168.63.129.16/32', '192.0.0.192/32'],
  ['fe80::/10', 'fd00:ec2::254/128', 'fd20:ce::254/128'],
)

/** Loopback, private, carrier-grade, unspecified and multicast ranges (RFC 6890, RFC 4193). */
const privateRanges = blockList(
  ['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '224.0.0.0/3'],
  ['::/127', 'fc00::/7', 'ff00::/8'],
)

export type AddressVerdict = 'allowed' | 'neverAllowed' | 'private'

/** What may be said about an IP address before a connection is made to it. */
export function judgeAddress(address: string): AddressVerdict {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
  if (neverAllowed.check(address, family)) return 'neverAllowed'
  return privateRanges.check(address, family) ? 'private' : 'allowed'
}

/** IPv4 ranges also count in their IPv4-mapped form (Node's own doing) and behind NAT64 (RFC 6052). */
function blockList(ipv4: readonly string[], ipv6: readonly string[]): BlockList {
  const list = new BlockList()
  for (const range of ipv4) {
    const [network = '', bits] = range.split('/')
    list.addSubnet(network, Number(bits), 'ipv4')
    list.addSubnet(`64:ff9b::${network}`, Number(bits) + 96, 'ipv6')
  }
  for (const range of ipv6) {
    const [network = '', bits] = range.split('/')
    list.addSubnet(network, Number(bits), 'ipv6')
  }
  return list
}
