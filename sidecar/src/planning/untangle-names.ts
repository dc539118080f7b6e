import type { NameKey } from '../identity/ids.ts'
import { nameKey } from '../identity/name-key.ts'
import type { NameRules } from './capabilities.ts'
import { chainNames, type Freer, isFreer, isTaker, type Taker, wantedKey } from './chain-names.ts'
import type { Finding } from './finding.ts'
import type { PlannedOperation } from './operation.ts'
import { phaseOf, positionOf } from './position.ts'
import { temporaryName } from './temporary-name.ts'

export interface Untangled {
  /** Operations to store instead of the one at position `was`: what they wait for, their place or their start changed. */
  readonly changed: readonly { readonly was: number; readonly planned: PlannedOperation }[]
  /** Detours: renames to a temporary name that open a ring. */
  readonly added: readonly PlannedOperation[]
  /** Operations to take out; with `wholeSubject` all operations of that identity go, since its account will not exist. */
  readonly blocked: readonly {
    readonly planned: PlannedOperation
    readonly wholeSubject: boolean
    readonly finding: Finding
  }[]
}

interface Draft {
  readonly changed: { readonly was: number; readonly planned: PlannedOperation }[]
  readonly added: PlannedOperation[]
  readonly blocked: Untangled['blocked'][number][]
}

/**
 * Orders operations by the names that they free and take, so that each comes after what it waits for. `operations`: all
 * `renameUser` and `deleteUser` of a plan, and those `createUser` whose name somebody has now; others do no harm.
 * `occupied`: of the names that they take, those that an account has now.
 */
export function untangleNames(
  operations: readonly PlannedOperation[],
  occupied: ReadonlySet<NameKey>,
  rules: NameRules,
): Untangled {
  const sorted = operations.toSorted((a, b) => a.position - b.position)
  const { rings, chains, losers } = chainNames(sorted.filter(isTaker), sorted.filter(isFreer))
  const draft: Draft = { changed: [], added: [], blocked: losers.map(block) }
  const reserved = new Set([...occupied, ...sorted.filter(isTaker).map(wantedKey)])
  for (const { start, takers } of chains) {
    const [first] = takers
    if (start === undefined && first !== undefined && occupied.has(wantedKey(first)))
      draft.blocked.push(...takers.map(block))
    else follow(start, takers, draft)
  }
  for (const ring of rings) openRing(ring, reserved, rules, draft)
  return draft
}

const renaming = phaseOf({ kind: 'renameUser' })

/** `start` frees a name, each taker takes the name that the one before it frees. */
function follow(start: Freer | undefined, takers: readonly Taker[], draft: Draft): void {
  let before: PlannedOperation | undefined
  if (start !== undefined) {
    before = { ...start, position: positionOf(renaming, 0, start.operation.identity) }
    draft.changed.push({ was: start.position, planned: before })
  }
  takers.forEach((taker, index) => {
    const planned = placeTaker(taker, index + 1, before)
    if (planned !== taker) draft.changed.push({ was: taker.position, planned })
    before = planned
  })
}

function placeTaker(taker: Taker, depth: number, before: PlannedOperation | undefined): PlannedOperation {
  if (before === undefined) return taker
  const { operation } = taker
  const position = operation.kind === 'renameUser' ? positionOf(renaming, depth, operation.identity) : taker.position
  return { ...taker, position, after: [...taker.after, before.position] }
}

/** The first of the ring steps aside under a temporary name; the others follow; at last it takes what it wanted. */
function openRing(ring: readonly Taker[], reserved: Set<NameKey>, rules: NameRules, draft: Draft): void {
  const [first, ...others] = ring
  if (first?.operation.kind !== 'renameUser') return
  const { operation } = first
  const name = temporaryName(operation.identity, reserved, rules)
  reserved.add(nameKey(name))
  const detour: PlannedOperation = {
    ...first,
    position: positionOf(renaming, 0, operation.identity),
    operation: {
      ...operation,
      after: { name },
      temporary: true,
      reasons: [{ kind: 'freesName', name: operation.before.name }],
    },
  }
  draft.added.push(detour)
  let before = detour
  others.forEach((taker, index) => {
    const planned = placeTaker(taker, index + 1, before)
    draft.changed.push({ was: taker.position, planned })
    before = planned
  })
  const last = placeTaker(first, ring.length, before)
  const account = { ...operation.account, name }
  draft.changed.push({
    was: first.position,
    planned: { ...last, operation: { ...operation, account, before: { name } } },
  })
}

/** What only a whole plan finds out about a name: that nobody gives it away after all. */
export const keptForNow = (name: string): string => `The user name ${name} is taken: whoever has it keeps it for now.`

function block(planned: Taker): Untangled['blocked'][number] {
  const { operation } = planned
  const { name } = operation.after
  const finding: Finding = {
    code: 'conflict',
    subject: { kind: 'identity', id: operation.identity },
    subjectName: operation.account.name,
    message: keptForNow(name),
    remedy: 'Change one of the two user names, or rename or delete the other account in the product.',
    contended: [nameKey(name)],
  }
  return { planned, wholeSubject: operation.kind === 'createUser', finding }
}
