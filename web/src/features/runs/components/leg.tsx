import { LinkButton } from '@atlaskit/button/new'
import type { LegView } from '@rollcall/contract/api/runs'
import type { ReactNode } from 'react'
import { FormattedNumber, useIntl } from 'react-intl'
import { Card } from '../../../components/card.tsx'
import { Facts } from '../../../components/facts.tsx'
import { OutcomeLozenge } from '../../../components/outcome-lozenge.tsx'
import { ProblemMessage } from '../../../components/problem-message.tsx'
import { planHref } from '../../../routing/route.ts'
import { messages } from '../messages.ts'
import { exceptionsOf, operationStatuses } from '../operation-numbers.ts'

interface Props {
  readonly leg: LegView
  readonly isFinished: boolean
  readonly exceptions: (planId: number) => ReactNode
}

/** What a run did to one target. */
export function Leg({ leg, isFinished, exceptions }: Props) {
  const intl = useIntl()
  const { target, outcome, planId, operations, problem } = leg
  const facts = operationStatuses.flatMap((status) => {
    const count = operations[status]
    return count
      ? [{ term: intl.formatMessage(messages[`operation_${status}`]), value: <FormattedNumber value={count} /> }]
      : []
  })
  return (
    <Card
      title={target.name}
      mark={outcome && <OutcomeLozenge outcome={outcome} />}
      actions={
        planId !== undefined && (
          <LinkButton href={planHref(planId)}>{intl.formatMessage(messages.plan, { id: planId })}</LinkButton>
        )
      }
    >
      {problem && <ProblemMessage error={problem} />}
      {isFinished && facts.length > 0 && <Facts facts={facts} />}
      {isFinished && planId === undefined && !problem && <p>{intl.formatMessage(messages.noPlan)}</p>}
      {isFinished && planId !== undefined && exceptionsOf(operations) > 0 && exceptions(planId)}
    </Card>
  )
}
