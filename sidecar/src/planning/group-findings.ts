import type { SourceGroupId, TargetGroupId } from '../identity/ids.ts'
import type { Finding, FindingCode } from './finding.ts'

/** Source group id in findings about a name that no source group has. */
const nobody = 0 as SourceGroupId

/** A source group, or only the name of one. */
export interface NamedSourceGroup {
  readonly id: SourceGroupId | undefined
  readonly name: string
}

const aboutSource =
  (code: FindingCode, remedy: string, message: (name: string, detail: string) => string) =>
  (group: NamedSourceGroup, detail = ''): Finding => ({
    code,
    subject: { kind: 'sourceGroup', id: group.id ?? nobody },
    subjectName: group.name,
    message: message(group.name, detail),
    remedy,
    contended: [],
  })

const aboutTarget =
  (code: FindingCode, remedy: (detail: string) => string, message: (name: string, detail: string) => string) =>
  (
    group: {
      readonly id: TargetGroupId | undefined
      readonly name: string
      readonly source?: SourceGroupId | undefined
    },
    detail = '',
  ): Finding => ({
    code,
    subject:
      group.id === undefined
        ? { kind: 'sourceGroup', id: group.source ?? nobody }
        : { kind: 'targetGroup', id: group.id },
    subjectName: group.name,
    message: message(group.name, detail),
    remedy: remedy(detail),
    contended: [],
  })

export const groupFindings = {
  cycle: aboutSource(
    'groupCycle',
    'Remove one of these memberships at the identity provider; until then members of one count as members of all.',
    (name, ring) => `The source group ${name} contains itself through ${ring}.`,
  ),
  sourceMissing: aboutSource(
    'groupMissing',
    'Correct the name or id in the group policy, or use the id; nobody loses the target group meanwhile.',
    (name) => `The group policy names ${name}, which is not a group of the identity provider.`,
  ),
  sourceDeleted: aboutSource(
    'groupMissing',
    'Remove the mapping, or map another source group.',
    (name) => `The source group ${name} was deleted at the identity provider; its members lose the mapped group.`,
  ),
  ambiguous: aboutSource(
    'ambiguousGroupName',
    'Rename one of them at the identity provider, or name the group by its id in the group policy.',
    (name, target) => `Several source groups could be meant by ${name}, so nobody gets ${target} through it.`,
  ),
  taken: aboutSource(
    'ambiguousGroupName',
    'Rename the source group, or name both in a manual mapping.',
    (name, target) =>
      `The target group ${target} belongs to another source group, so members of ${name} do not get it.`,
  ),
  renamed: aboutSource(
    'groupRenamed',
    'Nothing has to be done; to follow the new name, create that group in the product, with its permissions, and map it.',
    (name, target) =>
      `The source group is now called ${name}; its target group keeps the name ${target}, because permissions refer to it.`,
  ),
  flattened: aboutSource(
    'unsupported',
    'Choose flattened nesting in the group policy, or another target.',
    (_, reason) => `Groups are not nested in this target, and people become members of every group above: ${reason}`,
  ),
  ringInTarget: aboutTarget(
    'groupCycle',
    () => 'Take the groups of the product out of each other; until then this nesting is left out.',
    (name, child) => `The group ${name} is already in the group ${child} there, so ${child} cannot be put into it.`,
  ),
  unreadable: aboutSource(
    'membersUnreadable',
    'Grant Member.Read.Hidden to the application, or leave the group out of the policy.',
    (name) => `The identity provider hides the members of ${name}; memberships stay as they were.`,
  ),
  protectedGroup: aboutTarget(
    'protected',
    () => 'Add people to it in the product, or take it out of the protected groups.',
    (name) => `The group ${name} is protected; nobody is added to it or removed from it.`,
  ),
  targetMissing: aboutTarget(
    'groupMissing',
    () => 'Create the group in the product, or let the group policy create missing groups.',
    (name) => `The target group ${name} does not exist.`,
  ),
  unclaimed: aboutTarget(
    'unclaimedMember',
    () =>
      'Remove them from the group in the product, let a connection manage their accounts, or let the group policy remove them (removeUnclaimedMembers).',
    (name, members) => `The group ${name} has ${members}.`,
  ),
  illegalName: aboutTarget(
    'illegalName',
    () => 'Rename the source group, or rewrite its name by the rename rule of the group policy.',
    (name, reason) => `The product does not accept ${name} as a group name: ${reason}.`,
  ),
  unsupported: aboutTarget(
    'unsupported',
    (reason) => reason,
    (name) => `This target cannot make the changes that the group ${name} needs.`,
  ),
} as const
