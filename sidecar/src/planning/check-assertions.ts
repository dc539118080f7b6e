import { addFinding, type Draft } from './comparison.ts'
import type { CompiledAssertion, Outcome } from './compile-assertion.ts'
import type { Operation } from './operation.ts'
import type { PlanContext } from './plan-context.ts'
import type { AccountState, Subject } from './subject.ts'

/** Says of which assertions a person's account would be no example once the plan is executed. */
export function checkAssertions(draft: Draft, subject: Subject, context: PlanContext): void {
  const { assertions } = context.policy
  if (assertions.length === 0) return
  const outcome = outcomeOf(draft.operations, subject, context)
  if (outcome === undefined) return
  for (const assertion of assertions) {
    const result = assertion.holds(outcome)
    if (result.kind === 'value' && result.value) continue
    const because = result.kind === 'failed' ? `, because it cannot be evaluated: ${result.reason}` : ''
    addViolated(draft, subject, assertion, `is not true of ${outcome.account.name} after this plan${because}.`)
  }
}

function addViolated(draft: Draft, { identity }: Subject, { name, severity }: CompiledAssertion, what: string): void {
  addFinding(
    draft,
    identity,
    severity === 'hold' ? 'assertionViolated' : 'assertionReported',
    `"${name}" ${what}`,
    remedies[severity],
  )
}

const mend = 'Mend the groups or the person at the identity provider or in the product'

const remedies = {
  hold: `${mend}. Approving the held plan lets it through, and no later one: a case that may stay is excepted in the condition of the assertion.`,
  report: `${mend}, or change the assertion in the policy.`,
} as const

/** `undefined`: nothing of this person is managed any more, or yet. */
function outcomeOf(
  operations: readonly Operation[],
  { identity, claim, candidates }: Subject,
  { groups }: PlanContext,
): Outcome | undefined {
  const adopted = operations.find(({ kind }) => kind === 'adoptAccount')
  const candidate =
    adopted !== undefined && 'account' in adopted
      ? candidates.find(({ account }) => account.id === adopted.account.id)
      : undefined
  const had = claim ?? candidate
  const before = had === undefined ? undefined : start(had.account, had.revoked.length > 0)
  const names = new Set((had?.memberships ?? []).map((group) => groups.nameOf(group)))
  const account = operations.reduce((so, operation) => after(so, operation, names), before)
  return account === undefined ? undefined : { identity, account, groups: [...names] }
}

type Account = Outcome['account'] | undefined

const start = ({ name, active, missingAt }: AccountState, isShutOut: boolean): Account =>
  missingAt === undefined ? { name, active: active && !isShutOut } : undefined

function after(account: Account, operation: Operation, groups: Set<string>): Account {
  switch (operation.kind) {
    case 'createUser':
      return { name: operation.after.name, active: true }
    case 'renameUser':
      return account && { ...account, name: operation.after.name }
    case 'activateUser':
    case 'deactivateUser':
      return account && { ...account, active: operation.kind === 'activateUser' }
    case 'addMember':
      groups.add(operation.group.name)
      return account
    case 'removeMember':
      groups.delete(operation.group.name)
      return account
    case 'revokeAccess':
      for (const { name } of operation.groups) groups.delete(name)
      return account && { ...account, active: false }
    case 'restoreAccess':
      for (const { name } of operation.groups) groups.add(name)
      return account && { ...account, active: true }
    case 'deleteUser':
    case 'releaseAccount':
      // Of a handover it is the former owner's; the account goes on under the new one.
      return operation.kind === 'releaseAccount' && operation.to !== undefined ? account : undefined
    default:
      return account
  }
}
