/** The Crowd releases that differ in what they answer (Crowd REST, calls). */
export type CrowdVersion = '2.8' | '5.3' | '6.3' | '7.0'

export const crowdVersions: readonly CrowdVersion[] = ['2.8', '5.3', '6.3', '7.0']

export interface CrowdFeatures {
  /** Renaming to a name in use: 500 OPERATION_FAILED in old releases, 4xx since (CWD-4819; 400 is believed). */
  readonly takenRename: { readonly status: number; readonly reason: 'OPERATION_FAILED' | 'INVALID_USER' }
  /** A membership that exists: 409 MEMBERSHIP_ALREADY_EXISTS, 201 silently in old releases [believed]. */
  readonly tellsDuplicateMembership: boolean
}

const current: CrowdFeatures = {
  takenRename: { status: 400, reason: 'INVALID_USER' },
  tellsDuplicateMembership: true,
}

export const crowdFeatures: Readonly<Record<CrowdVersion, CrowdFeatures>> = {
  '2.8': { takenRename: { status: 500, reason: 'OPERATION_FAILED' }, tellsDuplicateMembership: false },
  '5.3': current,
  '6.3': current,
  '7.0': current,
}
