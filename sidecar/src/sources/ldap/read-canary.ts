import { Problem } from '../../problem/problem.ts'
import type { Directory } from './directory.ts'
import { parseFilter } from './filters.ts'
import { ldapProblems as problems } from './ldap-problems.ts'

/**
 * Reads what has to be there before anything is concluded from what is not: the bases, and the entry that the settings name
 * (not the bind account: whether that may read itself is a matter of taste). A server answers a search without rights, and in 389 even one below a base that
 * does not exist, with an empty success (389 Directory Server).
 */
export async function readCanary({ session, layout, settings }: Directory): Promise<void> {
  for (const base of new Set([layout.users.base, layout.groups.base])) {
    if (!(await session.entry(base, ['objectClass']))) throw noBase(base)
  }
  const { canaryDn } = settings
  if (canaryDn === undefined || (await session.entry(canaryDn, ['objectClass']))) return
  throw new Problem(problems.ldap_canary_missing, `The entry ${canaryDn} cannot be read.`)
}

export const noBase = (base: string) =>
  new Problem(problems.ldap_base_not_found, `The directory shows no entry ${base}.`, { context: { base } })

/** Says why a search for people found nobody, as far as the server lets us tell. */
export async function explainNobody({ session, layout, settings }: Directory): Promise<Problem> {
  const { base, filter, login } = layout.users
  const anything = parseFilter('(objectClass=*)', 'probe')
  for await (const page of session.search({ what: 'anything', base, filter: anything, attributes: ['1.1'] })) {
    if (page.entries.length > 1) {
      const some = await session.all({ what: 'people', base, filter, attributes: ['1.1'] })
      if (some.length > 0) return noLogins(login, some.length)
      const written = settings.users.filter ?? layout.kind.userFilter
      return new Problem(problems.ldap_filter_fits_nobody, `No entry below ${base} fits ${written}.`)
    }
  }
  return new Problem(problems.ldap_base_shows_nothing, `Below ${base} the bind account sees nothing.`, {
    context: { base },
  })
}

export const noLogins = (login: string, entries: number) =>
  new Problem(problems.ldap_login_missing, `None of ${entries} people has the attribute ${login}.`, {
    context: { attribute: login },
  })
