import type { Connector, Source } from '../source.ts'
import { checkDirectory } from './check-directory.ts'
import { checkSettings } from './check-settings.ts'
import { describeAttributes } from './describe-attributes.ts'
import { type Directory, openDirectory } from './directory.ts'
import { activeDirectory } from './kinds/active-directory.ts'
import { ds389 } from './kinds/ds389.ts'
import { generic } from './kinds/generic.ts'
import { openldap } from './kinds/openldap.ts'
import type { ServerKind } from './kinds/server-kind.ts'
import { LdapSettings } from './ldap-settings.ts'
import { lookUpPerson } from './lookup-person.ts'
import { readDirectory } from './read-directory.ts'
import { type ReadingLimits, usualLimits } from './reading-limits.ts'

/** What tests replace: the clock, and how large a reading may be. */
export interface LdapOptions {
  readonly now?: () => number
  readonly limits?: ReadingLimits
}

/** One connector for each kind of server; `ldap` takes the kind that the server shows. */
export const ldapConnectors: readonly Connector<LdapSettings>[] = [activeDirectory, openldap, ds389, generic].map(
  (kind) => ({
    provider: kind.name,
    method: 'ldap',
    label: kind.label,
    settings: LdapSettings,
    open: (settings) => openLdapSource(kind, settings),
    cursorScope: (settings) => cursorScope(kind, settings),
    scope: ({ scope }) => ({ groups: scope.groups, applications: [], guests: 'include' }),
  }),
)

/** Opens a connection to one directory. Each call signs in anew, and nothing is sent before the first. */
export function openLdapSource(kind: ServerKind, settings: LdapSettings, options: LdapOptions = {}): Source {
  const { now = Date.now, limits = usualLimits } = options
  checkSettings(settings)
  return {
    read: (cursor, signal) => readDirectory({ kind, settings, cursor, limits, now, signal }),
    check: (signal) => checkDirectory(kind, settings, signal),
    lookup: (who, signal) => within(kind, settings, signal, (directory) => lookUpPerson(directory, who)),
    describeAttributes: (signal) => within(kind, settings, signal, describeAttributes),
    close: async () => {},
  }
}

async function within<T>(
  kind: ServerKind,
  settings: LdapSettings,
  signal: AbortSignal,
  work: (directory: Directory) => Promise<T>,
): Promise<T> {
  const directory = await openDirectory(kind, settings, signal)
  try {
    return await work(directory)
  } finally {
    await directory.session.close()
  }
}

/** Whatever decides who is read and what is read of them; how it is read changes nothing about a cursor. */
function cursorScope(kind: ServerKind, settings: LdapSettings): string {
  const { urls, baseDn, users, groups, attributes, referrals } = settings
  return JSON.stringify([kind.name, urls, baseDn, users, groups, attributes, referrals])
}
