import type { ExternalId, NameKey, SourceGroupId } from '../identity/ids.ts'
import { nameKey } from '../identity/name-key.ts'
import type { BindingState, GroupPlanInput, SourceGroupState, TargetGroupState } from './group-states.ts'

/** The groups of one plan, found by whatever a policy calls them. */
export interface GroupIndex {
  readonly live: readonly SourceGroupState[]
  /** Live source groups of that name or external id; an id wins. */
  named(nameOrId: string): readonly SourceGroupState[]
  /** A source group of that name or external id was deleted at the provider. */
  wasDeleted(nameOrId: string): boolean
  bindingOf(source: SourceGroupId): { readonly binding: BindingState; readonly target: TargetGroupState } | undefined
  /** Live source groups bound to the target group of that name. */
  boundTo(target: NameKey): readonly SourceGroupState[]
}

export function indexGroups(input: GroupPlanInput): GroupIndex {
  const sorted = input.sourceGroups.toSorted((a, b) => a.id - b.id)
  const live = sorted.filter(({ deletedAt }) => deletedAt === undefined)
  const byName = Map.groupBy(live, ({ displayName }) => nameKey(displayName))
  const byId = new Map(live.map((group) => [group.externalId, group]))
  const deleted = new Set(
    sorted
      .filter(({ deletedAt }) => deletedAt !== undefined)
      .flatMap((group) => [group.externalId, nameKey(group.displayName)]),
  )
  const targets = new Map(input.targetGroups.map((group) => [group.id, group]))
  const bindings = new Map(input.bindings.map((binding) => [binding.sourceGroup, binding]))

  function bindingOf(source: SourceGroupId) {
    const binding = bindings.get(source)
    const target = binding && targets.get(binding.targetGroup)
    return binding && target && { binding, target }
  }
  const boundSources = Map.groupBy(live, ({ id }) => bindingOf(id)?.target.nameKey)

  return {
    live,
    bindingOf,
    named(nameOrId) {
      const exact = byId.get(nameOrId as ExternalId)
      return exact === undefined ? (byName.get(nameKey(nameOrId)) ?? []) : [exact]
    },
    wasDeleted: (nameOrId) => deleted.has(nameOrId as ExternalId) || deleted.has(nameKey(nameOrId)),
    boundTo: (target) => boundSources.get(target) ?? [],
  }
}
