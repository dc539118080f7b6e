import type { CompiledPolicy } from './compile-policy.ts'
import type { GroupMappings } from './group-mappings.ts'
import type { GroupPlan, GroupTarget } from './group-plan.ts'
import type { GroupPlanInput } from './group-states.ts'

/** Which bindings are no longer in effect, or are again; where a mapping is in doubt, and with `off`, nothing is said. */
export function bindingChanges(
  input: GroupPlanInput,
  policy: CompiledPolicy,
  { uncertain }: GroupMappings,
  mapped: readonly GroupTarget[],
): GroupPlan['bindingChanges'] {
  if (policy.groups.policy.mode === 'off') return []
  const keys = new Map(input.targetGroups.map(({ id, nameKey }) => [id, nameKey]))
  const inEffect = new Set(mapped.flatMap(({ id, sources }) => sources.map((source) => `${source} ${id}`)))
  return input.bindings.flatMap((binding) => {
    const key = keys.get(binding.targetGroup)
    const active = inEffect.has(`${binding.sourceGroup} ${binding.targetGroup}`)
    if (active === (binding.unboundAt === undefined)) return []
    if (!active && key !== undefined && uncertain.has(key)) return []
    return [{ binding, unboundAt: active ? undefined : input.asOf }]
  })
}
