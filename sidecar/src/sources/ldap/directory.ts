import { kindFor, rootAttributes } from './kinds/recognise-server.ts'
import type { ServerKind } from './kinds/server-kind.ts'
import { type Layout, layoutOf } from './layout.ts'
import { malformed } from './ldap-failure.ts'
import { type LdapSession, openSession } from './ldap-session.ts'
import type { LdapSettings } from './ldap-settings.ts'
import type { LdapEntry } from './wire/ldap-entry.ts'

/** A directory that is open: signed in, its server looked at, and what to ask it for. */
export interface Directory {
  readonly session: LdapSession
  readonly root: LdapEntry
  readonly layout: Layout
  readonly settings: LdapSettings
}

export async function openDirectory(
  kind: ServerKind,
  settings: LdapSettings,
  signal: AbortSignal,
  preferred?: string,
): Promise<Directory> {
  // What is wrong with the settings is told before anything is sent.
  layoutOf(kind, settings)
  const session = await openSession(settings, signal, preferred)
  try {
    const root = await session.entry('', rootAttributes)
    if (!root) throw malformed('hides the root DSE')
    return { session, root, layout: layoutOf(kindFor(kind, root), settings), settings }
  } catch (error) {
    await session.close()
    throw error
  }
}
