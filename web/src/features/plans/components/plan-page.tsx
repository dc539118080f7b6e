import type { PlanView } from '@rollcall/contract/api/plans'
import { Loaded } from '../../../components/loaded.tsx'
import { usePlan } from '../api/plan.ts'
import { FirstPlan } from './first-plan.tsx'
import { HeldMessage } from './held-message.tsx'
import { Irreversible } from './irreversible.tsx'
import { Margins } from './margins.tsx'
import { PlanHeader } from './plan-header.tsx'
import { PlanTabs } from './plan-tabs.tsx'
import { Seats } from './seats.tsx'
import { UndoMessage } from './undo-message.tsx'
import { Vetoes } from './vetoes.tsx'

export function PlanPage({ id }: { readonly id: number }) {
  return <Loaded query={usePlan(id)}>{(plan) => <Plan plan={plan} />}</Loaded>
}

/** What a plan would do, how near it comes to the limits, and every change of it. */
function Plan({ plan }: { readonly plan: PlanView }) {
  return (
    <>
      <PlanHeader plan={plan} />
      <HeldMessage plan={plan} />
      <UndoMessage plan={plan} />
      <Seats plan={plan} />
      <Irreversible plan={plan} />
      <FirstPlan plan={plan} />
      <Vetoes plan={plan} />
      <Margins margins={plan.margins} />
      <PlanTabs plan={plan} />
    </>
  )
}
