import type { NameKey } from '../identity/ids.ts'
import type { Finding } from './finding.ts'
import type { SourceGroupState } from './group-states.ts'

/** One source group feeds one target group. */
export interface GroupMapping {
  readonly source: SourceGroupState
  readonly target: { readonly name: string; readonly key: NameKey }
}

export interface GroupMappings {
  readonly mappings: readonly GroupMapping[]
  /** Target groups about which a mapping says nothing certain: nobody loses them. */
  readonly uncertain: ReadonlySet<NameKey>
  readonly findings: readonly Finding[]
}
