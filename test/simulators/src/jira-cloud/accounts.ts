import type { Account, AccountKind } from './account.ts'

export interface NewAccount {
  email: string
  displayName: string
  accountId?: string
  kind?: AccountKind
  emailVisible?: boolean
  active?: boolean
  managed: boolean
  scim?: boolean
  onSite?: boolean
}

/** All accounts in the order of their making, without any rule of the product. */
export function createAccounts() {
  const byId = new Map<string, Account>()
  const byEmail = new Map<string, Account>()
  let nextId = 1

  return {
    get nextId() {
      return nextId
    },
    set nextId(value: number) {
      nextId = value
    },
    add(fresh: NewAccount): Account {
      const accountId = fresh.accountId ?? `5b10a284${(nextId++).toString(16).padStart(16, '0')}`
      if (byId.has(accountId)) throw new Error(`Account ${accountId} exists`)
      if (fresh.email !== '' && byEmail.has(folded(fresh.email)))
        throw new Error(`An account with the e-mail ${fresh.email} exists`)
      const account: Account = {
        accountId,
        kind: fresh.kind ?? 'atlassian',
        displayName: fresh.displayName,
        nickname: fresh.displayName.slice(0, 30),
        email: fresh.email,
        emailVisible: fresh.emailVisible ?? true,
        status: fresh.active === false ? 'inactive' : 'active',
        managed: fresh.managed,
        scim: fresh.scim ?? false,
        onSite: fresh.onSite ?? true,
        leftSite: false,
        groups: new Set(),
        profile: {},
        properties: new Map(),
      }
      byId.set(accountId, account)
      if (fresh.email !== '') byEmail.set(folded(fresh.email), account)
      return account
    },
    find: (accountId: string): Account | undefined => byId.get(accountId),
    findByEmail: (email: string): Account | undefined => byEmail.get(folded(email)),
    changeEmail(account: Account, email: string): void {
      byEmail.delete(folded(account.email))
      account.email = email
      if (email !== '') byEmail.set(folded(email), account)
    },
    all: (): Account[] => [...byId.values()],
  }
}

const folded = (email: string): string => email.toLowerCase()
