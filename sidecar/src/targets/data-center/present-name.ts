import type { AccountKey } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import type { ObservedAccount } from '../target.ts'

export interface Member {
  readonly key: AccountKey
  readonly name: string
}

interface Sending<Answer> {
  readonly member: Member
  send(name: string): Promise<Answer>
  /** The product itself says that the account or the group does not exist. */
  saysMissing(answer: Answer): boolean
  find(key: AccountKey): Promise<ObservedAccount | undefined>
}

/** Memberships go by user name, which may have changed behind our back: the key tells the new one. */
export async function withPresentName<Answer>({
  member,
  send,
  saysMissing,
  find,
}: Sending<Answer>): Promise<Answer | 'accountGone' | 'groupGone'> {
  const answer = await send(member.name)
  if (!saysMissing(answer)) return answer
  const account = await find(member.key)
  if (!account) return 'accountGone'
  if (nameKey(account.name) === nameKey(member.name)) return 'groupGone'
  const again = await send(account.name)
  return saysMissing(again) ? 'groupGone' : again
}
