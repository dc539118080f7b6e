import type { Application } from './application.ts'
import { membershipWrites } from './application-memberships.ts'
import { applicationWrites } from './application-writes.ts'
import type { Crowd } from './crowd.ts'
import { viewDirectories } from './directory-view.ts'
import type { Realm } from './realm.ts'

/** What an application sees of the directories that are mapped to it (Crowd REST, several directories). */
export function applicationRealm(crowd: Crowd, application: Application): Realm {
  const view = viewDirectories(crowd, application)
  return {
    features: crowd.features,
    ...view,
    ...applicationWrites(crowd, application, view),
    ...membershipWrites(crowd, application, view),
    hasPassword: (name, password) => view.user(name)?.password === password,
  }
}
