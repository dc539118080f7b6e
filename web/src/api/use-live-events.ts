import type { RunProgress, RunView } from '@rollcall/contract/api/runs'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { readEvents, type ServerEvent } from './event-stream.ts'
import { keys } from './query-keys.ts'
import { type KnownProgress, withProgress } from './run-progress.ts'

const firstPauseMs = 1_000
const longestPauseMs = 30_000

/** Keeps everything shown up to date from the service's event stream for as long as somebody is signed in. */
export function useLiveEvents(): void {
  const client = useQueryClient()
  useEffect(() => {
    const stop = new AbortController()
    void follow(client, stop.signal)
    return () => stop.abort()
  }, [client])
}

async function follow(client: QueryClient, signal: AbortSignal): Promise<void> {
  let pauseMs = firstPauseMs
  while (!signal.aborted) {
    try {
      for await (const event of readEvents('/events', signal)) {
        pauseMs = firstPauseMs
        take(client, event)
      }
    } catch {
      // What is wrong is shown by the ordinary requests; this one only tries again, ever more slowly.
      pauseMs = Math.min(pauseMs * 2, longestPauseMs)
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
    if (!signal.aborted) await client.invalidateQueries({ queryKey: keys.connections })
  }
}

function take(client: QueryClient, { event, data }: ServerEvent): void {
  if (event === 'progress') takeProgress(client, JSON.parse(data) as RunProgress)
  if (event === 'finished') takeFinished(client, JSON.parse(data) as RunView)
}

function takeProgress(client: QueryClient, progress: RunProgress): void {
  const known = client.getQueryData<KnownProgress>(keys.progress(progress.runId))
  client.setQueryData(keys.progress(progress.runId), withProgress(known, progress))
  const moved = known?.latest.state !== progress.state || known.latest.phase !== progress.phase
  if (!moved) return
  void client.invalidateQueries({ queryKey: keys.connections })
  void client.invalidateQueries({ queryKey: keys.runs })
}

function takeFinished(client: QueryClient, run: RunView): void {
  client.setQueryData(keys.run(run.id), run)
  client.removeQueries({ queryKey: keys.progress(run.id), type: 'inactive' })
  void client.invalidateQueries({ queryKey: keys.connections })
  void client.invalidateQueries({ queryKey: keys.runs })
  void client.invalidateQueries({ queryKey: keys.status })
  forgetPlans(client)
}

/** Long lists of operations start again at their first page instead of being asked for page by page. */
export function forgetPlans(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: keys.plans, predicate: ({ queryKey }) => queryKey[2] === 'head' })
  void client.resetQueries({ queryKey: keys.plans, predicate: ({ queryKey }) => queryKey[2] !== 'head' })
}
