import type { RunProgress } from '@rollcall/contract/api/runs'
import { useQuery } from '@tanstack/react-query'
import { keys } from './query-keys.ts'
import { request } from './request.ts'

/** The newest progress of a run, and the newest of each of its targets. */
export interface KnownProgress {
  readonly latest: RunProgress
  readonly byTarget: Readonly<Record<string, RunProgress>>
}

/** Adds what a later event says. */
export function withProgress(known: KnownProgress | undefined, latest: RunProgress): KnownProgress {
  const byTarget = known?.byTarget ?? {}
  return { latest, byTarget: latest.target ? { ...byTarget, [latest.target]: latest } : byTarget }
}

/** Where a queued or running run stands: asked once, then kept up to date by the event stream. */
export function useRunProgress(runId: number) {
  return useQuery({
    queryKey: keys.progress(runId),
    queryFn: async ({ signal }) =>
      withProgress(undefined, await request<RunProgress>(`/runs/${runId}/progress`, { signal })),
    // Events bring what is newer; the slow question stands in for them where a proxy holds streams back.
    refetchInterval: 10_000,
  })
}
