import type { JournaledOperation } from '../../state/journal/journaled-operation.ts'
import type { Target } from '../../targets/target.ts'
import type { Sendable } from './check-operation.ts'

/** An operation that may be sent, and what it is about. */
export type Sending = readonly [JournaledOperation, Sendable]

/** What goes to the target as one request, in the order of the plan: memberships of a group where it adds them together. */
export function sentTogether({ addsTogether }: Target, sendings: readonly Sending[]): readonly (readonly Sending[])[] {
  if (addsTogether !== true) return sendings.map((sending) => [sending])
  const requests: Sending[][] = []
  const ofGroup = new Map<string, Sending[]>()
  for (const sending of sendings) {
    const [{ operation }] = sending
    const request = operation.kind === 'addMember' ? ofGroup.get(operation.group.name) : undefined
    if (request) {
      request.push(sending)
      continue
    }
    const begun = [sending]
    requests.push(begun)
    if (operation.kind === 'addMember') ofGroup.set(operation.group.name, begun)
  }
  return requests
}
