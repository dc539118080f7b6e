import { type Application, type ApplicationSeed, createApplication } from './application.ts'
import { createChanges } from './changes.ts'
import { type CrowdVersion, crowdFeatures } from './crowd-version.ts'
import { type CrowdDirectorySeed, createDirectory } from './directory.ts'
import { type CrowdSettings, defaultSettings } from './settings.ts'

/** The application that every made Crowd comes with. */
export const application = { name: 'rollcall', password: 'crowd-password' } as const

export interface EmptyCrowdOptions {
  version?: CrowdVersion
  /** In order; one internal directory without it. */
  directories?: readonly CrowdDirectorySeed[]
  /** One that may do everything without it: `application`. */
  applications?: readonly ApplicationSeed[]
  settings?: Partial<CrowdSettings>
  now?: () => number
}

export type Crowd = ReturnType<typeof emptyCrowd>

/** The state of one Crowd with nobody in it. `change` asks no rule of the product: it is what happens behind our back. */
export function emptyCrowd(options: EmptyCrowdOptions = {}) {
  const version = options.version ?? '6.3'
  const now = options.now ?? Date.now
  let changes = 0
  const seeds = options.directories ?? [{ name: 'Crowd Internal Directory' }]
  // Crowd numbers its directories from 32769 on [believed].
  const directories = seeds.map((seed, place) => createDirectory(32769 + place, seed, () => void changes++))
  const applications: Application[] = (options.applications ?? [application]).map((seed) =>
    createApplication(seed, directories),
  )
  const settings: CrowdSettings = { ...defaultSettings(), ...options.settings }
  return {
    version,
    features: crowdFeatures[version],
    directories,
    applications,
    settings,
    now,
    change: createChanges(directories, now),
    /** Grows with every change: what was computed from the content before it is stale. */
    changeCount: (): number => changes,
  }
}
