import type { RunView, StartedRun, StartUndo } from '@rollcall/contract/api/runs'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { keys } from '../../../api/query-keys.ts'
import { request } from '../../../api/request.ts'

const lookEveryMs = 500

/** Plans to take a run back and answers with the undo once its plans are there; nothing is changed by it. */
export function useUndoRun(id: number) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (body: StartUndo) => {
      const { runId } = await request<StartedRun>(`/runs/${id}/undo`, { method: 'POST', body })
      return planned(runId)
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.runs }),
  })
}

async function planned(runId: number): Promise<RunView> {
  for (;;) {
    const run = await request<RunView>(`/runs/${runId}`)
    if (run.state === 'finished') return run
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
  }
}
