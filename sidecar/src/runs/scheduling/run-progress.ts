import type { RunPhase, RunProgress } from '@rollcall/contract/api/runs'
import type { OpenRun } from './run-request.ts'

/** More often than this nobody sees it. */
const everyMs = 200

export type ReportProgress = (done: number, total?: number) => void

/** How far one phase of one leg is: with the rate since it began, and the time that is left at that rate. */
export function measureProgress(
  run: OpenRun,
  phase: RunPhase,
  target: string | undefined,
  monotonic: () => number,
  publish: (progress: RunProgress) => void,
): ReportProgress {
  const began = monotonic()
  let last = Number.NEGATIVE_INFINITY
  const report: ReportProgress = (done, total) => {
    const now = monotonic()
    if (now - last < everyMs && done !== total) return
    last = now
    const place = { phase, ...(target !== undefined && { target }), done, ...(total !== undefined && { total }) }
    publish({ runId: run.id, connection: run.slug, state: 'running', ...place, ...rateOf(done, total, now - began) })
  }
  report(0)
  return report
}

function rateOf(done: number, total: number | undefined, ms: number) {
  if (done === 0 || ms < 1) return {}
  const perMs = done / ms
  const perSecond = Math.round(perMs * 10_000) / 10
  return { perSecond, ...(total !== undefined && { remainingMs: Math.round(Math.max(0, total - done) / perMs) }) }
}
