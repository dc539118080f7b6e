import type { Member } from '../data-center/present-name.ts'
import type { MemberOutcome } from './add-in-halves.ts'

type AddMember = (group: string, member: Member, signal: AbortSignal) => Promise<void>
type AddMembers = (group: string, members: readonly Member[], signal: AbortSignal) => Promise<readonly MemberOutcome[]>

interface Batch {
  readonly group: string
  readonly signal: AbortSignal
  readonly waiting: {
    readonly member: Member
    readonly resolve: () => void
    readonly reject: (error: unknown) => void
  }[]
}

/**
 * Memberships of one group that are asked for in the same turn of the event loop, as a window of operations is, go in one
 * request; each still ends as if it had been asked for alone. What is about all of them fails each: adding again is harmless.
 */
export function addTogether(addMembers: AddMembers): AddMember {
  let batches: Batch[] = []

  function send(): void {
    const collected = batches
    batches = []
    for (const batch of collected) void settle(batch)
  }

  async function settle({ group, signal, waiting }: Batch): Promise<void> {
    try {
      const outcomes = await addMembers(
        group,
        waiting.map(({ member }) => member),
        signal,
      )
      for (const [index, { resolve, reject }] of waiting.entries()) {
        const failure = outcomes[index]?.failure
        if (failure === undefined) resolve()
        else reject(failure)
      }
    } catch (error) {
      for (const { reject } of waiting) reject(error)
    }
  }

  return (group, member, signal) =>
    new Promise((resolve, reject) => {
      if (batches.length === 0) setImmediate(send)
      let batch = batches.find((each) => each.group === group && each.signal === signal)
      if (batch === undefined) {
        batch = { group, signal, waiting: [] }
        batches.push(batch)
      }
      batch.waiting.push({ member, resolve, reject })
    })
}
