import { openldap } from './openldap.ts'
import type { ServerKind } from './server-kind.ts'

/** Any server with the schema of RFC 4519 and the ids of RFC 4530, of which nothing else is known. */
export const generic: ServerKind = {
  ...openldap,
  name: 'ldap',
  label: 'LDAP directory (any server)',
  enabled: { kind: 'always' },
  changes: 'none',
  dnAttribute: undefined,
}
