import { nameKey } from '../identity/name-key.ts'
import { addFinding, type Comparison, type Draft } from './comparison.ts'
import type { Operation } from './operation.ts'
import type { PlanContext } from './plan-context.ts'
import type { AccountState, Subject } from './subject.ts'

/** A protected account is never touched, adopted or taken over by a name, whatever the plan says: a finding instead. */
export function withoutProtected(draft: Draft, subject: Subject, context: PlanContext): Comparison {
  const name = protectedName(draft.operations, subject, context)
  if (name === undefined) return draft
  draft.operations.length = 0
  draft.neededGroups.length = 0
  addFinding(
    draft,
    subject.identity,
    'protected',
    `The account ${name} is protected, so nothing is planned for this person.`,
    'Change the account in the product, or take it out of the protected accounts.',
  )
  return draft
}

function protectedName(operations: readonly Operation[], subject: Subject, context: PlanContext): string | undefined {
  const accounts = [subject.claim?.account, ...subject.candidates.map(({ account }) => account)]
  for (const operation of operations) {
    if (!('account' in operation)) continue
    const account = accounts.find((one) => one !== undefined && one.id === operation.account.id)
    if (account !== undefined && isProtected(account, context)) return account.name
    const taken = nameTaken(operation)
    if (taken !== undefined && context.protectedAccounts.has(nameKey(taken))) return taken
  }
  return undefined
}

const isProtected = ({ key, nameKey: name }: AccountState, { ownAccount, protectedAccounts }: PlanContext): boolean =>
  key === ownAccount || protectedAccounts.has(name)

const nameTaken = (operation: Operation): string | undefined =>
  operation.kind === 'createUser' || operation.kind === 'renameUser' ? operation.after.name : undefined
