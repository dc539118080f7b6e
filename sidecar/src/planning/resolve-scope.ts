import type { ExternalId, SourceGroupId } from '../identity/ids.ts'
import { nameKey } from '../identity/name-key.ts'
import { Problem } from '../problem/problem.ts'
import { closeNesting, type NestingEdge } from './close-nesting.ts'
import type { SourceGroupState } from './group-states.ts'
import type { ResolvedScope } from './plan-context.ts'
import { planningProblems } from './planning-problems.ts'

/** The provisioning scope as configured, with everything needed to resolve it. */
export interface ScopeInput {
  readonly scope: {
    /** External ids or display names; whole closure. */
    readonly groups: readonly string[]
    readonly applications: readonly string[]
    readonly guests: 'include' | 'exclude'
  }
  readonly assignments: readonly {
    readonly application: string
    readonly principal: 'user' | 'group'
    readonly externalId: ExternalId
  }[]
  readonly sourceGroups: readonly SourceGroupState[]
  readonly nesting: readonly NestingEdge[]
}

/** @throws Problem when an entry matches nothing or several groups: a typing mistake must never mean everybody or nobody. */
export function resolveScope({ scope, assignments, sourceGroups, nesting }: ScopeInput): ResolvedScope {
  if (scope.groups.length === 0 && scope.applications.length === 0) return { kind: 'everybody', guests: scope.guests }
  const live = sourceGroups.filter(({ deletedAt }) => deletedAt === undefined)
  const roots = scope.groups.map((entry) => oneGroup(entry, live))
  const assigned = scope.applications.flatMap((application) => assignedTo(application, assignments))
  const byExternalId = new Map(live.map(({ externalId, id }) => [externalId, id]))
  // A group's assignment counts its direct members only: providers do not follow nesting there.
  const assignedGroups = assigned.flatMap(({ principal, externalId }) =>
    principal === 'group' ? (byExternalId.get(externalId) ?? []) : [],
  )
  return {
    kind: 'some',
    guests: scope.guests,
    groups: new Set([...closeNesting(nesting).downwards(roots), ...assignedGroups]),
    people: new Set(assigned.flatMap(({ principal, externalId }) => (principal === 'user' ? [externalId] : []))),
  }
}

function oneGroup(entry: string, live: readonly SourceGroupState[]): SourceGroupId {
  const byId = live.find(({ externalId }) => externalId === entry)
  if (byId !== undefined) return byId.id
  const [first, ...others] = live.filter(({ displayName }) => nameKey(displayName) === nameKey(entry))
  if (first === undefined) throw unmatched('group', entry)
  if (others.length === 0) return first.id
  throw new Problem(
    planningProblems.scope_entry_ambiguous,
    `The provisioning scope names the group ${entry}, and ${others.length + 1} groups of the identity provider are called that.`,
    { context: { entry } },
  )
}

function assignedTo(application: string, assignments: ScopeInput['assignments']): ScopeInput['assignments'] {
  const assigned = assignments.filter((assignment) => assignment.application === application)
  if (assigned.length === 0) throw unmatched('application', application)
  return assigned
}

const unmatched = (kind: 'group' | 'application', entry: string) =>
  new Problem(
    planningProblems.scope_entry_unmatched,
    kind === 'group'
      ? `The provisioning scope names the group ${entry}, which the identity provider does not have.`
      : `The provisioning scope names the application ${entry}, to which nobody is assigned.`,
    { context: { entry, kind } },
  )
