import { populate } from '../data-center/populate.ts'
import { type Crowd, type EmptyCrowdOptions, emptyCrowd } from './crowd.ts'
import type { AccountSeed, CrowdGroupSeed } from './seeds.ts'

export interface CrowdOptions extends EmptyCrowdOptions {
  /** Two Crowds of one seed are equal. */
  seed?: number
  /** A number makes that many people up, in the first directory. */
  users?: number | readonly AccountSeed[]
  groups?: number | readonly CrowdGroupSeed[]
  /** Made-up memberships, where users and groups are numbers; ten for each user without it. */
  memberships?: number
}

/** A Crowd with whom the options name. */
export function createCrowd(options: CrowdOptions = {}): Crowd {
  const crowd = emptyCrowd(options)
  addMadeUp(crowd, options)
  const { users, groups } = options
  if (typeof users === 'object') for (const seed of users) crowd.change.addUser(seed)
  if (typeof groups === 'object') for (const seed of groups) crowd.change.addGroup(seed)
  return crowd
}

function addMadeUp({ directories, now }: Crowd, options: CrowdOptions): void {
  const [home] = directories
  if (!home) throw new Error('A Crowd has at least one directory')
  const users = typeof options.users === 'number' ? options.users : 0
  const size = { seed: options.seed ?? 1, users, groups: typeof options.groups === 'number' ? options.groups : 0 }
  const at = now()
  populate(
    {
      add: ({ name, displayName, emailAddress, active }) => {
        const [firstName, lastName] = displayName.split(' ')
        return home.addAccount({
          ...{ name, displayName, active, firstName, lastName },
          email: emailAddress,
          password: undefined,
          createdAt: at,
        })
      },
    },
    { add: (name) => home.addGroup({ name, description: undefined, active: true, createdAt: at }), join: home.join },
    home,
    { ...size, memberships: options.memberships ?? users * 10 },
  )
}
