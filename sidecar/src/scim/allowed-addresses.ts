import { BlockList, isIP } from 'node:net'

const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i

/** Tells whether an address is one of `allowed`, which are addresses and networks of either family; all are when there are none. */
export function allowOnly(allowed: readonly string[]): (address: string) => boolean {
  if (allowed.length === 0) return () => true
  const list = new BlockList()
  for (const entry of allowed) addEntry(list, entry)
  return (address) => {
    // A listener on `::` reports peers of IPv4 in the mapped form.
    const plain = mapped.exec(address)?.[1] ?? address
    const family = isIP(plain)
    return family !== 0 && list.check(plain, family === 6 ? 'ipv6' : 'ipv4')
  }
}

/** An entry that is no address allows nobody: the settings are checked for their form when they are stored. */
function addEntry(list: BlockList, entry: string): void {
  const [address = '', prefix] = entry.split('/')
  const family = isIP(address)
  if (family === 0) return
  const bits = prefix === undefined ? (family === 6 ? 128 : 32) : Number(prefix)
  if (bits <= (family === 6 ? 128 : 32)) list.addSubnet(address, bits, family === 6 ? 'ipv6' : 'ipv4')
}
