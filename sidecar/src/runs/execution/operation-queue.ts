import type { Operation } from '../../planning/operation.ts'
import type { JournaledOperation } from '../../state/journal/journaled-operation.ts'

export type OperationQueue = ReturnType<typeof createOperationQueue>

interface Chain {
  readonly waiting: JournaledOperation[]
  busy: boolean
}

/** Without the account there is nothing that the rest of the subject's operations could be done to. */
const opensChain = (operation: Operation): boolean =>
  operation.kind === 'createUser' || operation.kind === 'adoptAccount'

/**
 * The loaded part of a plan: which operation may go next. Lower positions first, one at a time of a chain, none before
 * what it comes `after`. It knows neither database nor target.
 */
export function createOperationQueue() {
  const chains = new Map<string, Chain>()
  const broken = new Set<string>()
  const pending = new Map<number, JournaledOperation>()
  /** Positions that did not end well: what comes after them is skipped. */
  const spoiled = new Set<number>()
  const dependents = new Map<number, JournaledOperation[]>()
  const unmet = new Map<number, Set<number>>()
  const ready = createReadyList()
  const underWay = new Set<JournaledOperation>()

  function offer(chain: Chain): void {
    const head = chain.waiting[0]
    if (head && !chain.busy && !unmet.has(head.position)) ready.insert(head)
  }

  function enter(queued: JournaledOperation): void {
    const chain = chains.get(queued.chain) ?? { waiting: [], busy: false }
    chains.set(queued.chain, chain)
    pending.set(queued.position, queued)
    chain.waiting.push(queued)
    if (chain.waiting.length === 1) offer(chain)
  }

  function wait(queued: JournaledOperation, positions: readonly number[]): void {
    if (positions.length === 0) return
    unmet.set(queued.position, new Set(positions))
    for (const position of positions) {
      const waiting = dependents.get(position)
      if (waiting) waiting.push(queued)
      else dependents.set(position, [queued])
    }
  }

  /** Takes an operation out wherever it stands, and everything that now cannot happen any more. */
  function spoil(position: number, skipped: JournaledOperation[]): void {
    spoiled.add(position)
    const waiting = dependents.get(position) ?? []
    dependents.delete(position)
    for (const dependent of waiting) skip(dependent, skipped)
  }

  function skip(queued: JournaledOperation, skipped: JournaledOperation[]): void {
    if (!pending.has(queued.position)) return
    remove(queued)
    skipped.push(queued)
    afterBad(queued, skipped)
  }

  function remove(queued: JournaledOperation): void {
    pending.delete(queued.position)
    unmet.delete(queued.position)
    ready.remove(queued)
    const chain = chains.get(queued.chain)
    if (!chain) return
    const at = chain.waiting.indexOf(queued)
    if (at >= 0) chain.waiting.splice(at, 1)
    if (chain.waiting.length === 0 && !chain.busy) chains.delete(queued.chain)
    else if (at === 0) offer(chain)
  }

  function afterBad(queued: JournaledOperation, skipped: JournaledOperation[]): void {
    if (opensChain(queued.operation)) {
      broken.add(queued.chain)
      for (const rest of [...(chains.get(queued.chain)?.waiting ?? [])]) skip(rest, skipped)
    }
    spoil(queued.position, skipped)
  }

  function meet(position: number): void {
    const waiting = dependents.get(position) ?? []
    dependents.delete(position)
    for (const dependent of waiting) {
      const positions = unmet.get(dependent.position)
      positions?.delete(position)
      if (positions?.size !== 0) continue
      unmet.delete(dependent.position)
      const chain = chains.get(dependent.chain)
      if (chain?.waiting[0] === dependent) offer(chain)
    }
  }

  return {
    /** Loaded and not settled yet, those under way included. */
    get size(): number {
      return pending.size
    },

    get readySize(): number {
      return ready.size
    },

    has: (position: number): boolean => pending.has(position),

    /**
     * `unmetAfter`: which of the positions it comes after are not applied yet; `blocked`: one of them will not be applied.
     * Gives back what can be skipped at once, itself included.
     */
    add(queued: JournaledOperation, unmetAfter: readonly number[], blocked: boolean): readonly JournaledOperation[] {
      const skipped: JournaledOperation[] = []
      const hopeless = blocked || broken.has(queued.chain) || unmetAfter.some((position) => spoiled.has(position))
      if (!hopeless) {
        wait(queued, unmetAfter)
        enter(queued)
        return skipped
      }
      skipped.push(queued)
      afterBad(queued, skipped)
      return skipped
    },

    /** At most `most` operations that may be sent now; they stay in the queue, their chains busy, until settled. */
    take(most: number, mayTake: (queued: JournaledOperation) => boolean): readonly JournaledOperation[] {
      const taken: JournaledOperation[] = []
      const passedOver: JournaledOperation[] = []
      while (taken.length < most) {
        const next = ready.shift()
        if (!next) break
        if (mayTake(next)) taken.push(next)
        else passedOver.push(next)
      }
      for (const queued of passedOver) ready.insert(queued)
      for (const queued of taken) hold(queued)
      return taken
    },

    /** The operation has its outcome. Gives back what is skipped because of it. */
    settle(queued: JournaledOperation, well: boolean): readonly JournaledOperation[] {
      const skipped: JournaledOperation[] = []
      pending.delete(queued.position)
      if (well) meet(queued.position)
      else afterBad(queued, skipped)
      release(queued.chain)
      underWay.delete(queued)
      return skipped
    },

    taken: (): readonly JournaledOperation[] => [...underWay],

    /** Takes out everything that is not under way. */
    clear(): readonly JournaledOperation[] {
      const left = [...pending.values()].filter((queued) => !underWay.has(queued))
      const skipped: JournaledOperation[] = []
      for (const queued of left) skip(queued, skipped)
      return skipped
    },
  }

  function hold(queued: JournaledOperation): void {
    const chain = chains.get(queued.chain)
    if (!chain) return
    chain.busy = true
    chain.waiting.shift()
    underWay.add(queued)
  }

  function release(name: string): void {
    const chain = chains.get(name)
    if (!chain) return
    chain.busy = false
    if (chain.waiting.length === 0) chains.delete(name)
    else offer(chain)
  }
}

/** Operations by position, lowest first: kept highest first in an array, so that taking is cheap. */
function createReadyList() {
  const list: JournaledOperation[] = []

  function placeOf(position: number): number {
    let low = 0
    let high = list.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((list[middle]?.position ?? 0) > position) low = middle + 1
      else high = middle
    }
    return low
  }

  return {
    get size(): number {
      return list.length
    },
    insert(queued: JournaledOperation): void {
      const place = placeOf(queued.position)
      if (list[place]?.position !== queued.position) list.splice(place, 0, queued)
    },
    remove(queued: JournaledOperation): void {
      const place = placeOf(queued.position)
      if (list[place] === queued) list.splice(place, 1)
    },
    shift: (): JournaledOperation | undefined => list.pop(),
  }
}
