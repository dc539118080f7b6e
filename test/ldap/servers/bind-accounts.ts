/** Accounts of the directory that connections bind with; `bindRules` says what each may do. */
export const bindAccounts = ['reader', 'stranger', 'limited', 'blind', 'shallow', 'unpaged'] as const
export type BindAccount = (typeof bindAccounts)[number]

export const bindDn = (account: BindAccount, suffix: string): string => `cn=${account},ou=service,${suffix}`

export const passwordOf = (account: BindAccount): string => `password of ${account}`

/** How many entries one search of `limited` may return, in pages or not. */
export const entriesForLimited = 40

/**
 * Lines of slapd.conf(5), of which the first that fits decides. `reader` reads everything. `stranger` may bind and see
 * nothing, `limited` gets so many entries, `blind` sees groups without
 * their members, `shallow` sees the base and nothing below, `unpaged` may not ask for pages.
 */
export function bindRules(suffix: string): string[] {
  const by = (account: BindAccount, right: string) => `by dn.exact="${bindDn(account, suffix)}" ${right}`
  const limits = (account: BindAccount, what: string) => `limits dn.exact="${bindDn(account, suffix)}" ${what}`
  return [
    limits('reader', 'size=unlimited time=unlimited'),
    limits('blind', 'size=unlimited time=unlimited'),
    limits('shallow', 'size=unlimited time=unlimited'),
    limits('limited', `size=${entriesForLimited}`),
    limits('unpaged', 'size=unlimited size.prtotal=disabled'),
    `access to dn.subtree="ou=service,${suffix}" attrs=userPassword by anonymous auth by * none`,
    `access to attrs=member ${by('stranger', 'none')} ${by('blind', 'none')} by users read by * none`,
    `access to dn.exact="${suffix}" ${by('stranger', 'none')} by users read by * none`,
    `access to dn.subtree="${suffix}" ${by('stranger', 'none')} ${by('shallow', 'none')} by users read by * none`,
  ]
}
