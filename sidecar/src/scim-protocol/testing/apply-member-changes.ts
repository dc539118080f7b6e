import type { MemberChange } from '../group-patch.ts'

/** The members after the changes, slowly and obviously: what the plan means, and what a store has to do. */
export function applyMemberChanges(
  members: ReadonlySet<string>,
  changes: readonly MemberChange[],
): ReadonlySet<string> {
  return changes.reduce(applyChange, members)
}

function applyChange(members: ReadonlySet<string>, change: MemberChange): ReadonlySet<string> {
  switch (change.kind) {
    case 'add':
      return new Set([...members, ...change.ids])
    case 'remove':
      return new Set([...members].filter((id) => !change.ids.includes(id)))
    case 'removeAll':
      return new Set()
    case 'replaceAll':
      return new Set(change.ids)
  }
}
