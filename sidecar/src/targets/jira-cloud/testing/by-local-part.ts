import type { ObservationPage, ObservedAccount, Target } from '../../target.ts'

const domain = '@example.com'

export const addressOf = (name: string): string => (name.includes('@') ? name : `${name}${domain}`)
const localPartOf = (name: string): string => (name.endsWith(domain) ? name.slice(0, -domain.length) : name)

/** The suite for targets speaks of user names; accounts of Jira Cloud have addresses, so `ada` is `ada@example.com` here. */
export function byLocalPart(target: Target): Target {
  const shown = (account: ObservedAccount): ObservedAccount => ({ ...account, name: localPartOf(account.name) })
  const page = (each: ObservationPage): ObservationPage =>
    each.kind === 'accounts' ? { ...each, accounts: each.accounts.map(shown) } : each
  return {
    ...target,
    async describe(signal) {
      const description = await target.describe(signal)
      return { ...description, ownAccount: shown(description.ownAccount) }
    },
    async *observe(signal) {
      for await (const each of target.observe(signal)) yield page(each)
    },
    async findAccount(by, signal) {
      const found = await target.findAccount('name' in by ? { name: addressOf(by.name) } : by, signal)
      return found && shown(found)
    },
    async createAccount(account, signal) {
      const email = account.name === '' ? '' : addressOf(account.name)
      return shown(await target.createAccount({ ...account, name: email, email }, signal))
    },
  }
}
