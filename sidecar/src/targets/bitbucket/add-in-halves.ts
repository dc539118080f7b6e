import type { Member } from '../data-center/present-name.ts'
import type { TargetError } from '../target-error.ts'

/** What became of one of many memberships that were asked for at once. */
export interface MemberOutcome {
  readonly account: Member
  /** Why this one was refused; `undefined` when the account is a member now. */
  readonly failure: TargetError | undefined
}

/** Longest list of names in one request. */
const mostAtOnce = 500

interface Adding {
  /** True when all were added, false when none was. */
  addAll(members: readonly Member[]): Promise<boolean>
  /** Why this one was not added. */
  addOne(member: Member): Promise<TargetError | undefined>
}

/** Adds many in few requests where one wrong name fails them all: of n members with k wrong ones, about k log n requests. */
export async function addInHalves(members: readonly Member[], adding: Adding): Promise<readonly MemberOutcome[]> {
  const outcomes: MemberOutcome[] = []
  for (let start = 0; start < members.length; start += mostAtOnce) {
    outcomes.push(...(await addPart(members.slice(start, start + mostAtOnce), adding)))
  }
  return outcomes
}

async function addPart(part: readonly Member[], adding: Adding): Promise<readonly MemberOutcome[]> {
  const [first, ...others] = part
  if (!first) return []
  if (others.length === 0) return [{ account: first, failure: await adding.addOne(first) }]
  if (await adding.addAll(part)) return part.map((account) => ({ account, failure: undefined }))
  const middle = Math.ceil(part.length / 2)
  return [...(await addPart(part.slice(0, middle), adding)), ...(await addPart(part.slice(middle), adding))]
}
