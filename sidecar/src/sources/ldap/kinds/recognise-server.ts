import type { LdapEntry } from '../wire/ldap-entry.ts'
import { activeDirectory } from './active-directory.ts'
import { ds389 } from './ds389.ts'
import { generic } from './generic.ts'
import { openldap } from './openldap.ts'
import type { ServerKind } from './server-kind.ts'

/** `LDAP_CAP_ACTIVE_DIRECTORY_OID` (MS-ADTS 3.1.1.3.4.3.1). */
const activeDirectoryCapability = '1.2.840.113556.1.4.800'

/** Asked of the root DSE (RFC 4512 5.1), with what tells kinds and domain controllers apart. */
export const rootAttributes = [
  'objectClass',
  'namingContexts',
  'defaultNamingContext',
  'supportedControl',
  'supportedCapabilities',
  'supportedExtension',
  'subschemaSubentry',
  'vendorName',
  'vendorVersion',
  'dsServiceName',
  'dnsHostName',
  'highestCommittedUSN',
  'currentTime',
]

/** The kind of server that a root DSE shows; `undefined` for one we do not know. */
export function recognisedKind(root: LdapEntry): ServerKind | undefined {
  if (root.texts('supportedCapabilities').includes(activeDirectoryCapability)) return activeDirectory
  if (root.texts('objectClass').some((each) => each.toLowerCase() === 'openldaprootdse')) return openldap
  return /389 project|red hat|fedora/i.test(root.text('vendorName') ?? '') ? ds389 : undefined
}

/** A connection to "any server" takes the kind that the server shows; others keep the kind they were given. */
export const kindFor = (configured: ServerKind, root: LdapEntry): ServerKind =>
  configured === generic ? (recognisedKind(root) ?? generic) : configured
