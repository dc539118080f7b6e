import type { IdentityId, NameKey } from '../identity/ids.ts'
import { nameKey } from '../identity/name-key.ts'
import type { NameRules } from './capabilities.ts'

/** A legal name that nobody has or wants, the same for the same plan; it lasts for the few requests of one ring. */
export function temporaryName(identity: IdentityId, reserved: ReadonlySet<NameKey>, rules: NameRules): string {
  for (let attempt = 0; ; attempt++) {
    const name = legal(`rollcall-moving-${identity}${attempt === 0 ? '' : `-${attempt}`}`, rules)
    if (!reserved.has(nameKey(name))) return name
  }
}

/** The end of the name tells one from another, so too long a name loses its beginning. */
const legal = (name: string, { forbiddenInUserName, maxLength }: NameRules) =>
  [...name]
    .filter((character) => !forbiddenInUserName.includes(character))
    .join('')
    .slice(-maxLength)
