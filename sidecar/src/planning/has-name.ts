import { nameKey } from '../identity/name-key.ts'
import type { Capabilities } from './capabilities.ts'
import type { CandidateAccount, WantedAccount } from './subject.ts'

/** The account has the wanted name. Where accounts are known by their address, one that shows none may still have it. */
export const hasName = (
  { account }: CandidateAccount,
  { nameKey: key }: Pick<WantedAccount, 'nameKey'>,
  { names }: Capabilities,
): boolean =>
  account.nameKey === key ||
  (names.userNameIs === 'email' && account.email !== undefined && nameKey(account.email) === key)
