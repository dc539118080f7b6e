import { openldap } from './openldap.ts'
import type { ServerKind } from './server-kind.ts'

/** 389 Directory Server, Red Hat Directory Server, FreeIPA (389 Directory Server). */
export const ds389: ServerKind = {
  ...openldap,
  name: '389ds',
  label: '389 Directory Server or FreeIPA',
  userId: 'nsUniqueId',
  groupId: 'nsUniqueId',
  enabled: { kind: 'value', attribute: 'nsAccountLock', disabledWhen: ['true'] },
  // Its schema lets a group be empty.
  neverEmpty: [],
  dnAttribute: 'entrydn',
}
