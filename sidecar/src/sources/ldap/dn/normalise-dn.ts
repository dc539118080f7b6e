import { nameKey } from '../../../identity/name-key.ts'
import { escapeDnValue } from './escape-dn-value.ts'
import { parseDn, type Rdn } from './parse-dn.ts'

/** Nothing to unify but case and a space after a comma: short names of types, no escapes, no quotes, no hex, no `+`. */
const plain =
  /^[A-Za-z]{1,3}=[A-Za-z0-9._@-]+(?: [A-Za-z0-9._@-]+)*(?:, ?[A-Za-z]{1,3}=[A-Za-z0-9._@-]+(?: [A-Za-z0-9._@-]+)*)*$/

/**
 * The form in which two distinguished names are the same exactly when they name the same entry: without case, spaces
 * beside separators or runs of them inside values, with one way to escape. Servers send either way, and the one of a group's
 * member is not always the one of the entry (identity matching). What cannot be parsed is only equal to itself.
 */
export function normaliseDn(dn: string): string {
  if (plain.test(dn)) return dn.toLowerCase().replaceAll(', ', ',')
  const rdns = parseDn(dn)
  return rdns === undefined ? dn : rdns.map(rdnKey).join(',')
}

const rdnKey = (rdn: Rdn): string =>
  rdn
    .map(({ type, value }) => `${typeKey(type)}=${escapeDnValue(valueKey(value))}`)
    .sort()
    .join('+')

/** `caseIgnoreMatch` (RFC 4518): case and runs of spaces do not count. */
const valueKey = (value: string): string => nameKey(value.replace(/ +/g, ' '))

/** Types that have two names (RFC 4519 and RFC 4514 3); an OID counts as its name. */
const otherNames: Readonly<Record<string, string>> = {
  commonname: 'cn',
  '2.5.4.3': 'cn',
  organizationalunitname: 'ou',
  '2.5.4.11': 'ou',
  organizationname: 'o',
  '2.5.4.10': 'o',
  countryname: 'c',
  '2.5.4.6': 'c',
  localityname: 'l',
  '2.5.4.7': 'l',
  stateorprovincename: 'st',
  '2.5.4.8': 'st',
  domaincomponent: 'dc',
  '0.9.2342.19200300.100.1.25': 'dc',
  userid: 'uid',
  '0.9.2342.19200300.100.1.1': 'uid',
}

function typeKey(type: string): string {
  const key = type.toLowerCase().replace(/^oid\./, '')
  return otherNames[key] ?? key
}
