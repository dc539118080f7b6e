import Button from '@atlaskit/button/new'
import type { PlanView } from '@rollcall/contract/api/plans'
import { useState } from 'react'
import { useIntl } from 'react-intl'
import { messages } from '../messages.ts'
import { ApplyDialog } from './apply-dialog.tsx'

interface Props {
  readonly plan: PlanView
  readonly hash: string
}

export function ApplyButton({ plan, hash }: Props) {
  const intl = useIntl()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button appearance="primary" onClick={() => setOpen(true)}>
        {intl.formatMessage(plan.status === 'held' ? messages.approve : messages.apply)}
      </Button>
      <ApplyDialog plan={plan} hash={hash} isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  )
}
