import type { RunProgress } from '@rollcall/contract/api/runs'
import type { RunId } from '../../identity/ids.ts'

export type RunListener = (progress: RunProgress) => void

const remembered = 100

/** Tells whoever listens how runs get on; who comes later first hears the last state. */
export function createRunEvents() {
  const listeners = new Map<RunListener, RunId | 'all'>()
  const last = new Map<number, RunProgress>()

  function forgetOldest(): void {
    if (last.size <= remembered) return
    for (const [id, { state }] of last) {
      if (state !== 'finished') continue
      last.delete(id)
      return
    }
  }

  return {
    publish(progress: RunProgress): void {
      last.delete(progress.runId)
      last.set(progress.runId, progress)
      forgetOldest()
      for (const [listener, about] of listeners) {
        if (about === 'all' || about === progress.runId) listener(progress)
      }
    },

    /** The last state of a run of this process, ended ones as long as they are remembered. */
    last: (run: RunId): RunProgress | undefined => last.get(run),

    /** `all`: every run, beginning with those under way. Gives back how to stop listening. */
    subscribe(about: RunId | 'all', listener: RunListener): () => void {
      for (const progress of last.values()) {
        const concerns = about === 'all' ? progress.state !== 'finished' : progress.runId === about
        if (concerns) listener(progress)
      }
      listeners.set(listener, about)
      return () => listeners.delete(listener)
    },
  }
}
