import type { ConnectionLegView } from '@rollcall/contract/api/connections'
import { FormattedNumber } from 'react-intl'
import { planHref } from '../../../routing/route.ts'

/** The number of findings, leading to the plan that lists them where there is one. */
export function FindingsLink({ leg }: { readonly leg: ConnectionLegView }) {
  const number = <FormattedNumber value={leg.findings} />
  const plan = leg.hold ?? leg.openPlan
  return leg.findings > 0 && plan ? <a href={planHref(plan.planId)}>{number}</a> : number
}
