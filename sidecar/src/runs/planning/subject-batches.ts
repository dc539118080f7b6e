import type { IdentityId, Instant } from '../../identity/ids.ts'
import { allSubjects, countDue, dueSubjects } from '../../state/marks/due-subjects.ts'
import type { Leg } from '../../state/marks/mark.ts'
import type { Db } from '../../store/transaction.ts'
import { pieceSize } from './pieces.ts'

/** Which people a plan is about. `everybody`: the policy changed. */
export type Selection =
  | { readonly kind: 'given'; readonly ids: readonly IdentityId[] }
  | { readonly kind: 'everybody' }
  | { readonly kind: 'due' }

/** A thousand people at a time, ascending by id. Marks made after the plan began are for the next one. */
export async function* subjectBatches(
  db: Db,
  leg: Leg,
  selection: Selection,
  asOf: Instant,
  markSeq: number,
): AsyncGenerator<readonly IdentityId[]> {
  if (selection.kind === 'given') return yield* slices([...new Set(selection.ids)].sort((a, b) => a - b))
  for (let after = 0; ; ) {
    const range = { after, limit: pieceSize }
    const found =
      selection.kind === 'everybody'
        ? (await allSubjects(db, leg, 'identity', range)).map((id) => ({ id, seq: 0 }))
        : await dueSubjects(db, leg, 'identity', asOf, range)
    yield found.filter(({ seq }) => seq <= markSeq).map(({ id }) => id)
    const last = found.at(-1)
    if (last === undefined || found.length < pieceSize) return
    after = last.id
  }
}

function* slices(ids: readonly IdentityId[]): Generator<readonly IdentityId[]> {
  for (let at = 0; at < ids.length; at += pieceSize) yield ids.slice(at, at + pieceSize)
}

/** For progress only: how many people about. */
export async function countSelected(db: Db, leg: Leg, selection: Selection, asOf: Instant): Promise<number> {
  if (selection.kind === 'given') return selection.ids.length
  if (selection.kind === 'due') return countDue(db, leg, asOf)
  const { n } = await db
    .selectFrom('identity')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('connection_id', '=', leg.connection)
    .executeTakeFirstOrThrow()
  return n
}
