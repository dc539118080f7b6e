import type { Assignment } from '../../sources/source.ts'
import { type AssignmentChange, assignmentsOf, type StoredAssignment } from '../../state/desired/assignment-store.ts'
import type { Applying } from './applying.ts'

/**
 * The difference of the application assignments. An application that a snapshot does not name has none any more; in a delta
 * it keeps those it has.
 */
export async function compareAssignments({ db, connection, staged }: Applying): Promise<AssignmentChange> {
  const said = staged.assignments
  const stored = (await assignmentsOf(db, connection)).filter(
    (one) => staged.form === 'snapshot' || said.has(one.application),
  )
  const wanted = [...said].flatMap(([application, list]) => list.map((one) => named(application, one)))
  const storedByKey = new Map(stored.map((one) => [keyOf(one), one]))
  const wantedByKey = new Map(wanted.map((one) => [keyOf(one), one]))
  return {
    added: [...wantedByKey].filter(([key]) => !storedByKey.has(key)).map(([, one]) => one),
    removed: [...storedByKey].filter(([key]) => !wantedByKey.has(key)).map(([, one]) => one),
  }
}

const named = (application: string, { principal, externalId }: Assignment): StoredAssignment => ({
  application,
  principal,
  externalId,
})

const keyOf = (one: StoredAssignment): string => JSON.stringify([one.application, one.principal, one.externalId])
