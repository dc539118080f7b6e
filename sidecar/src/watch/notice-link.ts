import type { Condition } from '../state/notices/condition.ts'

/** Where an administrator looks at it: the plan, the run, or the connections; addresses of the UI live behind `#`. */
export function noticeLink(adminUrl: string, { planId, runId }: Condition): string {
  const base = adminUrl.replace(/\/$/, '')
  if (planId !== undefined) return `${base}/#/plans/${planId}`
  return runId === undefined ? `${base}/#/` : `${base}/#/runs/${runId}`
}
