import { created, noContent, ok } from '../data-center/answer.ts'
import type { Account } from './account.ts'
import { noAccount, refuse, refuseFields } from './answer.ts'
import { expandedUserBean, groupName, userBean } from './beans.ts'
import type { Call, Handler } from './call.ts'
import { localPart } from './cloud.ts'
import { type Product, productNames, remainingSeats } from './products.ts'

/** Inactive ones too; a user who was taken out of the site is told as inactive. */
export const getUser: Handler = (call) => {
  const { accountId, expand = '' } = call.query
  if (accountId === undefined) return refuse(400, 'The accountId must be given.')
  const account = call.cloud.accounts.find(accountId)
  return account ? ok(expandedUserBean(call, account, expand)) : noAccount(accountId)
}

export const groupsOfUser: Handler = (call) => {
  const accountId = call.query.accountId ?? ''
  const account = call.cloud.accounts.find(accountId)
  return account ? ok(call.cloud.groups.groupsOf(account).map((group) => groupName(call, group))) : noAccount(accountId)
}

/**
 * The caller must administer Jira and be an organization administrator. An account that has access already is 201, one
 * without access is 400; there is no password, and the display name is the person's own (Jira Cloud REST).
 */
export const createUser: Handler = (call) => {
  const { cloud, body, caller } = call
  if (!cloud.organization.admins.has(caller)) {
    return refuse(403, 'The caller must be an administrator of the organization.')
  }
  const email = typeof body.emailAddress === 'string' ? body.emailAddress : ''
  if (!/^[^@\s]+@[^@\s]+$/.test(email)) return refuseFields({ emailAddress: 'You must specify a valid email address.' })
  const products = requestedProducts(call)
  if (typeof products === 'string') return refuseFields({ products })
  const known = cloud.accounts.findByEmail(email)
  if (known && !cloud.hasAccess(known)) return refuse(400, `The user ${email} exists and has no access to Jira.`)
  return created(userBean(call, known ?? invite(call, email, products)))
}

/** `[]` gives no access; an unknown product or one without a seat is refused (description of `POST /user`). */
function requestedProducts({ cloud, body }: Call): Product[] | string {
  if (!Array.isArray(body.products)) return 'You must specify the products.'
  const products: Product[] = []
  for (const key of body.products as readonly string[]) {
    const product = cloud.products.find((each) => each.key === key)
    if (!(key in productNames) || !product) return `The product '${key}' is not valid.`
    if (remainingSeats(product, cloud.groups) < 1) return `The number of licensed users of '${key}' is exceeded.`
    products.push(product)
  }
  return products
}

/** Until the person sets the account up it is named after the e-mail [believed]. */
function invite({ cloud }: Call, email: string, products: readonly Product[]): Account {
  const managed = cloud.isManagedDomain(email)
  const account = cloud.accounts.add({ email, displayName: localPart(email), managed })
  for (const name of products.flatMap((product) => product.defaultGroups)) {
    cloud.groups.join(cloud.change.ensureGroup(name), account)
  }
  return account
}

/** Out of Jira's user base, and no more: the account lives on (7). Oneself cannot be removed [believed]. */
export const deleteUser: Handler = ({ cloud, query, caller }) => {
  const accountId = query.accountId ?? ''
  const account = cloud.accounts.find(accountId)
  if (!account?.onSite) return noAccount(accountId)
  if (account === caller) return refuse(400, 'You cannot delete yourself.')
  account.onSite = false
  account.leftSite = true
  cloud.groups.leaveAll(account)
  return noContent
}
