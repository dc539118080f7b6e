import type { WhyAccount, WhyAttribute, WhyMembership, WhyTarget } from '@rollcall/contract/api/why'
import { nameKey } from '../../identity/name-key.ts'
import type { Operation } from '../../planning/operation.ts'
import type {
  AccountExplanation,
  AttributeExplanation,
  MembershipExplanation,
  PersonExplanation,
} from '../../planning/why/explanation.ts'
import {
  beginsClaim,
  beginsGrant,
  concernsAccount,
  concernsAttribute,
  concernsGroup,
  type Journal,
  lastDone,
} from './journal-of-person.ts'
import type { LegState } from './leg-state.ts'
import type { Provenance } from './load-provenance.ts'
import { waitsFor } from './waits-for.ts'

/** What is stored about a person on a target beside what planning makes of them. */
export interface Stored {
  readonly journal: Journal
  readonly leg: LegState
  readonly provenance: Provenance
}

/** The explanation with who did it and when, and with what keeps the rest from being done. */
export function viewExplanation(
  { account, attributes, memberships }: PersonExplanation,
  stored: Stored,
): Omit<WhyTarget, 'target'> {
  return {
    account: viewAccount(account, stored),
    attributes: attributes.map((one) => viewAttribute(one, stored)),
    memberships: memberships.map((one) => viewMembership(one, stored)),
  }
}

type Explained = AccountExplanation | AttributeExplanation | MembershipExplanation

function viewCommon(
  { verdict, because, obstacle, by }: Explained,
  { journal, leg }: Stored,
  concerns: (operation: Operation) => boolean,
) {
  const lastChange = lastDone(journal, concerns)
  const waits = by && waitsFor(by, journal, leg, concerns)
  return {
    verdict,
    because: [...because],
    ...(obstacle && { obstacle }),
    ...(waits && { waitsFor: waits }),
    ...(lastChange && { lastChange }),
  }
}

function viewAccount(account: AccountExplanation, stored: Stored): WhyAccount {
  const { claim } = stored.provenance
  return {
    ...viewCommon(account, stored, concernsAccount),
    ...(account.name !== undefined && { name: account.name }),
    ...(account.active !== undefined && { active: account.active }),
    ...(claim && { claim: withChange(claim, lastDone(stored.journal, beginsClaim)) }),
  }
}

const withChange = (
  provenance: { readonly how: string; readonly since: number },
  change: ReturnType<typeof lastDone>,
) => ({ ...provenance, ...(change && { change }) })

const viewAttribute = (attribute: AttributeExplanation, stored: Stored): WhyAttribute => ({
  ...viewCommon(attribute, stored, concernsAttribute(attribute.name)),
  name: attribute.name,
  ...(attribute.value !== undefined && { value: attribute.value }),
  ...(attribute.wanted !== undefined && { wanted: attribute.wanted }),
  rules: attribute.rules.map((rule) => ({ ...rule })),
  reads: attribute.reads.map(({ attribute: name, value }) => ({
    attribute: name,
    ...(value !== undefined && { value }),
  })),
})

function viewMembership(membership: MembershipExplanation, stored: Stored): WhyMembership {
  const { group, path, rules, through } = membership
  const member = through ?? group
  const grant = stored.provenance.grants.get(nameKey(member))
  return {
    ...viewCommon(membership, stored, concernsGroup(member)),
    group,
    path: path.map((one) => ({ ...one })),
    ...(through !== undefined && { through }),
    rules: rules.map((rule) => ({ ...rule })),
    ...(grant && { grant: withChange(grant, lastDone(stored.journal, beginsGrant(member))) }),
  }
}
