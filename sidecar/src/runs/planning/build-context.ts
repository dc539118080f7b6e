import { nameKey } from '../../identity/name-key.ts'
import type { CompiledPolicy } from '../../planning/compile-policy.ts'
import type { GroupPlanInput } from '../../planning/group-states.ts'
import type { PlanContext } from '../../planning/plan-context.ts'
import { planGroups } from '../../planning/plan-groups.ts'
import { resolveScope } from '../../planning/resolve-scope.ts'
import { readExceptions } from '../../state/exceptions/exceptions.ts'
import { loadGroupStates } from '../../state/projections/load-group-states.ts'
import type { Db } from '../../store/transaction.ts'
import type { PlanLegInput } from './plan-leg-input.ts'
import type { LegSettings } from './read-leg.ts'

/** As much of a plan's input as its context takes. */
export type ContextInput = Pick<PlanLegInput, 'leg' | 'asOf' | 'scope' | 'description' | 'protection'>

export interface BuiltContext {
  readonly context: PlanContext
  readonly groupInput: GroupPlanInput
}

/** What every subject of the plan shares: read once, immutable, in memory. */
export async function buildContext(
  db: Db,
  input: ContextInput,
  { connection }: LegSettings,
  policy: CompiledPolicy,
): Promise<BuiltContext> {
  const states = await loadGroupStates(db, input.leg)
  const { capabilities, ownAccount, accessGroups } = input.description
  const protectedGroups = new Set(protectedGroupNames(input).map(nameKey))
  const groupInput: GroupPlanInput = {
    asOf: input.asOf,
    ...states,
    capabilities,
    protectedGroups,
    accessGroups: new Set((accessGroups ?? []).map(nameKey)),
  }
  const context: PlanContext = {
    asOf: input.asOf,
    connection,
    policy,
    scope: resolveScope({ ...states, scope: input.scope }),
    groups: planGroups(groupInput, policy),
    capabilities,
    ownAccount,
    protectedAccounts: new Set(input.protection.accounts.map(nameKey)),
    protectedGroups,
    exceptions: await readExceptions(db, input.leg.target, input.asOf),
    tellsAccessGroups: accessGroups !== undefined,
  }
  return { context, groupInput }
}

/** Without knowing who makes administrators, every group of our own account might. */
function protectedGroupNames({ protection, description }: ContextInput): readonly string[] {
  const { groups, administratorGroups } = protection
  return [...groups, ...(administratorGroups.length === 0 ? description.ownGroups : administratorGroups)]
}
