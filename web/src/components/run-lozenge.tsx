import type { RunView } from '@rollcall/contract/api/runs'
import { OutcomeLozenge } from './outcome-lozenge.tsx'

/** The state of a run while it goes, its outcome afterwards. */
export function RunLozenge({ run }: { readonly run: RunView }) {
  if (run.state === 'queued') return <OutcomeLozenge outcome="waiting" />
  if (run.state === 'running') return <OutcomeLozenge outcome="running" />
  return <OutcomeLozenge outcome={run.outcome ?? 'failed'} />
}
