import { nameKey } from '../identity/name-key.ts'
import { legalUserName } from './legal-name.ts'
import type { PlanContext } from './plan-context.ts'
import type { Subject } from './subject.ts'

/** A company has not a hundred people of one name who left. */
const lastSuffix = 99

/** The names that stand in for one that somebody who left has, best first. */
export const suffixedNames = (name: string): readonly string[] =>
  Array.from({ length: lastSuffix - 1 }, (_, index) => `${name}${index + 2}`)

/** The first of them that nobody has or wants: the same as long as nothing changes. */
export function suffixedName({ wanted, takenSuffixes }: Subject, { capabilities }: PlanContext): string | undefined {
  for (const name of suffixedNames(wanted.name)) {
    const legality = legalUserName(name, capabilities.names)
    if (legality.kind === 'legal' && !takenSuffixes.has(nameKey(legality.name))) return legality.name
  }
  return undefined
}
