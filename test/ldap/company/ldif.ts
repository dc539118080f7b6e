/** One line of LDIF (RFC 2849): what is more than printable ASCII goes in base64. */
export function ldifLine(name: string, value: string): string {
  const plain = /^(?![ :<])[ -~]+(?<! )$/.test(value)
  return plain ? `${name}: ${value}` : `${name}:: ${Buffer.from(value).toString('base64')}`
}

/** One entry or change record; several values of one name are several pairs. */
export const ldifRecord = (dn: string, pairs: readonly (readonly [name: string, value: string])[]): string =>
  `${[ldifLine('dn', dn), ...pairs.map(([name, value]) => ldifLine(name, value))].join('\n')}\n\n`

/** A value as it stands in a DN (RFC 4514 section 2.4). */
export const escapeRdn = (value: string): string =>
  value
    .replace(/[,+"\\<>;=]/g, '\\$&')
    .replace(/^[# ]/, '\\$&')
    .replace(/ $/, '\\ ')
