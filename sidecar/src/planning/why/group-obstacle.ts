import type { NameKey, SourceGroupId } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import { closeNesting } from '../close-nesting.ts'
import type { Finding } from '../finding.ts'
import type { GroupTarget } from '../group-plan.ts'
import type { SourceGroupState } from '../group-states.ts'
import { indexGroups } from '../index-groups.ts'
import { fromFinding } from './explain-account.ts'
import type { Obstacle, PersonPlanned } from './explanation.ts'
import { obstacles } from './obstacles.ts'

type Groups = Pick<PersonPlanned, 'context' | 'groupInput'>

/** The target group that a name means: its own name, or that of a source group that feeds it. */
export function targetNamed(name: string, { context, groupInput }: Groups): GroupTarget | undefined {
  const own = context.groups.targetOf(nameKey(name))
  if (own !== undefined || groupInput.targetGroups.some((group) => group.nameKey === nameKey(name))) return own
  const sources = new Set(
    indexGroups(groupInput)
      .named(name)
      .map(({ id }) => id),
  )
  if (sources.size === 0) return undefined
  const keys = groupInput.sourceGroups.filter(({ id }) => sources.has(id)).flatMap((group) => fedBy(group, context))
  return keys[0]
}

function fedBy(source: SourceGroupState, context: Groups['context']): readonly GroupTarget[] {
  const key = nameKey(context.policy.groups.rename(source.displayName))
  const { policy } = context.policy.groups
  const written = policy.mode === 'manual' ? policy.mappings.map(({ target }) => nameKey(target)) : [key]
  return written.flatMap((one) => {
    const target = context.groups.targetOf(one)
    return target?.sources.includes(source.id) ? [target] : []
  })
}

/** Why nobody in this person's place is given the group. */
export function groupObstacle(name: string, target: GroupTarget | undefined, groups: Groups): Obstacle {
  if (target === undefined) return unmappedObstacle(name, groups)
  if (target.blockedBy !== undefined) return fromFinding(target.blockedBy)
  const unreadable = unreadableBelow(target, groups)
  if (unreadable !== undefined) return fromFinding(unreadable)
  if (target.sources.length === 0) return obstacles.newUsersOnly(target.name)
  const doubt = findingsOfMappings(target.key, groups)[0]
  if (doubt !== undefined) return fromFinding(doubt)
  return obstacles.notInSourceGroup(
    target.name,
    target.sources.map((source) => groups.context.groups.sourceName(source)),
  )
}

/** Somebody might be in it whom the identity provider does not show. */
function unreadableBelow({ sources }: GroupTarget, { context, groupInput }: Groups): Finding | undefined {
  const below = closeNesting(groupInput.nesting).downwards(sources)
  return context.groups.findings.find(
    ({ code, subject }) => code === 'membersUnreadable' && below.has(subject.id as SourceGroupId),
  )
}

/** Of mappings to the group whose source group is missing or could be several: through them nobody is given it. */
function findingsOfMappings(key: NameKey, { context }: Groups): readonly Finding[] {
  const { policy } = context.policy.groups
  if (policy.mode !== 'manual') return []
  const sources = new Set(policy.mappings.filter(({ target }) => nameKey(target) === key).map(({ source }) => source))
  const doubts: ReadonlySet<string> = new Set(['groupMissing', 'ambiguousGroupName'])
  return context.groups.findings.filter(({ code, subjectName }) => doubts.has(code) && sources.has(subjectName))
}

function unmappedObstacle(name: string, groups: Groups): Obstacle {
  const { policy } = groups.context.policy.groups
  switch (policy.mode) {
    case 'off':
      return obstacles.groupsOff
    case 'manual': {
      const doubt = findingsOfMappings(nameKey(name), groups)[0]
      return doubt === undefined ? obstacles.groupNotMapped(name) : fromFinding(doubt)
    }
    case 'onTheFly':
      return notOnTheFly(name, policy, groups)
  }
}

function notOnTheFly(
  name: string,
  { include, matching }: { readonly include: readonly string[]; readonly matching?: string },
  { context, groupInput }: Groups,
): Obstacle {
  const key = nameKey(name)
  const { rename, matches } = context.policy.groups
  const called = groupInput.sourceGroups.filter(
    ({ displayName, externalId }) =>
      nameKey(displayName) === key || nameKey(rename(displayName)) === key || externalId === name,
  )
  const [live] = called.filter(({ deletedAt }) => deletedAt === undefined)
  if (live === undefined) {
    const missing = context.groups.findings.find(({ code, subjectName }) => {
      return code === 'groupMissing' && (nameKey(subjectName) === key || nameKey(rename(subjectName)) === key)
    })
    if (missing !== undefined) return fromFinding(missing)
    return called[0] === undefined ? obstacles.groupUnknown(name) : obstacles.groupDeleted(called[0].displayName)
  }
  const finding = context.groups.findings.find(
    ({ code, subject }) => ofMapping.has(code) && subject.kind === 'sourceGroup' && subject.id === live.id,
  )
  if (finding !== undefined) return fromFinding(finding)
  if (!matches(live.displayName)) return obstacles.groupNotMatching(live.displayName, matching ?? '')
  return obstacles.groupNotIncluded(live.displayName, include)
}

const ofMapping: ReadonlySet<string> = new Set(['ambiguousGroupName', 'groupRenamed'])
