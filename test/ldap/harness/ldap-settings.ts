import { type BindAccount, bindDn, passwordOf } from '../servers/bind-accounts.ts'

type Part = Readonly<Record<string, unknown>>

/** Pages of so many entries: small companies have several. */
export const pageSize = 20

/** Settings of a connection that reads the company as one of its accounts; short timeouts, so that silence is noticed soon. */
export const ldapSettings = (url: string, suffix: string, more: Part = {}, account: BindAccount = 'reader'): Part => ({
  urls: [url],
  bindDn: bindDn(account, suffix),
  bindPassword: passwordOf(account),
  baseDn: suffix,
  pageSize,
  timeouts: { connectSeconds: 2, searchSeconds: 2, idleSeconds: 2 },
  ...more,
})
