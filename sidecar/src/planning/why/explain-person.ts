import { explainAccount } from './explain-account.ts'
import { explainAttributes } from './explain-attributes.ts'
import { explainMemberships } from './explain-memberships.ts'
import type { PersonExplanation, PersonPlanned } from './explanation.ts'

/**
 * Why one person has what they have and lacks what they lack, from what planning makes of them: nothing is decided here.
 * With a group only that one is told of.
 */
export function explainPerson(person: PersonPlanned, group: string | undefined): PersonExplanation {
  const account = explainAccount(person)
  return {
    account,
    attributes: group === undefined ? explainAttributes(person, account) : [],
    memberships: explainMemberships(person, account, group),
  }
}
