import type { Filter } from 'ldapts'
import { Problem } from '../../problem/problem.ts'
import { parseDn } from './dn/parse-dn.ts'
import { parseFilter } from './filters.ts'
import type { EnabledRule, PrimaryRule, ServerKind } from './kinds/server-kind.ts'
import { ldapProblems } from './ldap-problems.ts'
import type { LdapSettings } from './ldap-settings.ts'
import { isSecretAttribute } from './secret-attributes.ts'

/** Where people and groups are and what their attributes are called: the kind of server as the settings change it. */
export interface Layout {
  readonly kind: ServerKind
  readonly users: {
    readonly base: string
    readonly filter: Filter
    readonly id: string
    readonly login: string
    readonly email: string
    readonly displayName: string
    readonly enabled: EnabledRule
    /** Chosen and usual attributes, each once. */
    readonly attributes: readonly string[]
    /** True for `*`. */
    readonly everything: boolean
  }
  readonly groups: {
    readonly base: string
    readonly filter: Filter
    readonly id: string
    readonly name: string
    readonly memberDn: readonly string[]
    readonly memberLogin: readonly string[]
  }
  /** `undefined` where primary groups do not count. */
  readonly primary: PrimaryRule | undefined
}

export function layoutOf(kind: ServerKind, settings: LdapSettings): Layout {
  const { users, groups } = settings
  const chosen = settings.attributes.filter((name) => name !== '*')
  return {
    kind,
    users: {
      base: checkedDn(users.base ?? settings.baseDn, 'users.base'),
      filter: parseFilter(users.filter ?? kind.userFilter, 'users.filter'),
      id: users.id ?? kind.userId,
      login: users.login ?? kind.login,
      email: users.email ?? kind.email,
      displayName: users.displayName ?? kind.displayName,
      enabled: enabledRule(kind, settings),
      attributes: distinct([...chosen, ...kind.usualAttributes]).filter((name) => !isSecretAttribute(name)),
      everything: settings.attributes.includes('*'),
    },
    groups: {
      base: checkedDn(groups.base ?? settings.baseDn, 'groups.base'),
      filter: parseFilter(groups.filter ?? kind.groupFilter, 'groups.filter'),
      id: groups.id ?? kind.groupId,
      name: groups.name ?? kind.groupName,
      memberDn: groups.memberDn ?? kind.memberDn,
      memberLogin: groups.memberLogin ?? kind.memberLogin,
    },
    primary: (groups.primary ?? kind.primaryByDefault) ? kind.primary : undefined,
  }
}

function enabledRule(kind: ServerKind, { users }: LdapSettings): EnabledRule {
  if (users.enabled === 'always') return { kind: 'always' }
  if (users.enabled === 'server') return kind.enabled
  const { attribute, disabledWhen } = users.enabled
  return { kind: 'value', attribute, disabledWhen: disabledWhen.map((value) => value.toLowerCase()) }
}

/** Names without regard to case; the first spelling counts, which is the one in the settings. */
function distinct(names: readonly string[]): string[] {
  const seen = new Map<string, string>()
  for (const name of names) if (!seen.has(name.toLowerCase())) seen.set(name.toLowerCase(), name)
  return [...seen.values()]
}

function checkedDn(dn: string, setting: string): string {
  if (parseDn(dn)?.length) return dn
  throw new Problem(ldapProblems.ldap_base_invalid, `${setting} is not a distinguished name.`, { context: { setting } })
}

/** What a search for people asks for. Operational attributes come only when they are named. */
export function userAttributes({ users, primary, kind }: Layout): string[] {
  const { id, login, email, displayName, enabled, attributes, everything } = users
  const rule = enabled.kind === 'always' ? [] : [enabled.attribute]
  const own = [id, login, email, displayName, ...rule, ...(primary ? [primary.person] : [])]
  const changes = kind.changes === 'timestamp' ? ['modifyTimestamp', 'createTimestamp'] : []
  return distinct([...(everything ? ['*'] : []), ...own, ...changes, ...attributes])
}

/** What a search for groups asks for, with or without their members. */
export function groupAttributes(
  { groups, primary, kind }: Layout,
  members: 'withMembers' | 'withoutMembers',
): string[] {
  const own = [groups.id, groups.name, 'objectClass', 'description', ...(primary ? [primary.group] : [])]
  const changes = kind.changes === 'timestamp' ? ['modifyTimestamp', 'createTimestamp'] : []
  const lists = members === 'withMembers' ? [...groups.memberDn, ...groups.memberLogin] : []
  return distinct([...own, ...changes, ...lists, ...(kind.ranges ? ['uSNChanged'] : [])])
}
