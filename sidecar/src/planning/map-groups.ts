import { assertNever } from '../identity/assert-never.ts'
import type { CompiledPolicy } from './compile-policy.ts'
import type { GroupMappings } from './group-mappings.ts'
import type { GroupPlanInput } from './group-states.ts'
import { indexGroups } from './index-groups.ts'
import { mapGroupsManually } from './map-groups-manually.ts'
import { mapGroupsOnTheFly } from './map-groups-on-the-fly.ts'

export function mapGroups(input: GroupPlanInput, policy: CompiledPolicy): GroupMappings {
  const groups = policy.groups.policy
  switch (groups.mode) {
    case 'off':
      return { mappings: [], uncertain: new Set(), findings: [] }
    case 'manual':
      return mapGroupsManually(indexGroups(input), groups.mappings)
    case 'onTheFly':
      return mapGroupsOnTheFly(indexGroups(input), groups.include, policy.groups)
    default:
      return assertNever(groups)
  }
}
