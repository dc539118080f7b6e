import { ok } from '../data-center/answer.ts'
import { type Account, isActive } from './account.ts'
import { refuse } from './answer.ts'
import { userBean } from './beans.ts'
import type { Handler } from './call.ts'
import { pageBean, sliceOf } from './page-of.ts'

/**
 * All users: active, inactive, deleted and app accounts, without a total. Portal-only accounts take a place in a page and are
 * not told, so that a page may be short. 409 where it takes longer than ten seconds (Jira Cloud REST).
 */
export const listUsers: Handler = (call) => {
  const { settings, accounts } = call.cloud
  const slice = sliceOf(call, accounts.all().filter(isKnownHere), 50, 1000)
  if (slice.maxResults > settings.largestQuickListing) {
    return refuse(409, 'The request took longer than 10 seconds and was interrupted.')
  }
  return ok(slice.items.filter((account) => account.kind !== 'customer').map((account) => userBean(call, account)))
}

/** Deleted users are listed too (description of `users/search`). */
const isKnownHere = (account: Account): boolean => account.onSite || account.leftSite

/** Active ones only, the first thousand matches; a hidden e-mail is not searched (7). */
export const searchUsers: Handler = (call) => {
  const { query, accountId, property } = call.query
  if (query === undefined && accountId === undefined && property === undefined) {
    return refuse(400, 'Either query, accountId or property must be given.')
  }
  if (query !== undefined && accountId !== undefined) return refuse(400, 'query and accountId exclude each other.')
  if (!call.cloud.mayBrowse(call.caller)) return ok([])
  const wanted = (query ?? '').toLowerCase()
  const found = call.cloud.accounts
    .all()
    .filter((account) => isActive(account) && account.kind !== 'customer')
    .filter((account) => (accountId === undefined ? matches(account, wanted) : account.accountId === accountId))
  const { items } = sliceOf(call, found.slice(0, 1000), 50, 1000)
  return ok(items.map((account) => userBean(call, account)))
}

/** The start of the name, of a word in it, or of the e-mail. */
function matches({ displayName, email, emailVisible }: Account, wanted: string): boolean {
  const name = displayName.toLowerCase()
  if (name.startsWith(wanted) || name.includes(` ${wanted}`)) return true
  return emailVisible && email.toLowerCase().startsWith(wanted)
}

/** Ten a page unless asked for more (description of `user/bulk`); unknown ids are left out. */
export const getUsers: Handler = (call) => {
  const found = call.repeated('accountId').flatMap((id) => call.cloud.accounts.find(id) ?? [])
  return ok(pageBean(call, '/user/bulk', found, sliceOf(call, found, 10, 200), (each) => userBean(call, each)))
}
