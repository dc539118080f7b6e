import type { ExternalId, SourceGroupId } from '../identity/ids.ts'
import type { SourceGroupState } from './group-states.ts'
import type { ResolvedScope } from './plan-context.ts'

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
  readonly nesting: readonly { readonly parent: SourceGroupId; readonly child: SourceGroupId }[]
}

/** @throws Problem when an entry matches nothing or several groups: a typing mistake must never mean everybody or nobody. */
export function resolveScope(_input: ScopeInput): ResolvedScope {
  throw new Error('being written')
}
