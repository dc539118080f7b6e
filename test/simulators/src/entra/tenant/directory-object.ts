/** The properties of one object; a property that was never set is absent, one that was cleared is null. */
export type Properties = Record<string, unknown>

interface Common {
  /** Position in the tenant's table of objects: what memberships are kept by. */
  readonly handle: number
  readonly id: string
  properties: Properties
  /** When it was soft-deleted. */
  deletedDateTime?: string
  /** Gone for good; the entry stays so that handles and delta tokens keep their meaning. */
  purged?: boolean
}

export interface UserObject extends Common {
  readonly kind: 'user'
}

export interface GroupObject extends Common {
  readonly kind: 'group'
  /**
   * Member handle to whether it is a member now. A member that left keeps its place, so that the slices of a group
   * stay the same while a round of delta pages is being read.
   */
  readonly members: Map<number, boolean>
}

export interface ServicePrincipalObject extends Common {
  readonly kind: 'servicePrincipal'
}

export interface DeviceObject extends Common {
  readonly kind: 'device'
}

export type DirectoryObject = UserObject | GroupObject | ServicePrincipalObject | DeviceObject

export const isLive = (object: DirectoryObject): boolean => !object.deletedDateTime && !object.purged
export const odataType = (object: DirectoryObject): string => `#microsoft.graph.${object.kind}`
