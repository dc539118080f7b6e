import { bindDn, passwordOf } from '../../ldap/servers/bind-accounts.ts'

/** Where the directory of the bench is, as its programs are told. */
export interface DirectoryFacts {
  readonly url: string
  readonly suffix: string
}

/** What both sides read: the same entries with all they have and the attributes that readings need besides. */
export const searched = {
  people: '(&(objectClass=person)(uid=*))',
  groups: '(objectClass=groupOfNames)',
  attributes: ['*', 'entryUUID', 'pwdAccountLockedTime'],
} as const

export const settingsFor = ({ url, suffix }: DirectoryFacts, more: Readonly<Record<string, unknown>> = {}) => ({
  urls: [url],
  bindDn: bindDn('reader', suffix),
  bindPassword: passwordOf('reader'),
  baseDn: suffix,
  ...more,
})
