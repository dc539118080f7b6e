import Button from '@atlaskit/button/new'
import ModalBody from '@atlaskit/modal-dialog/modal-body'
import ModalFooter from '@atlaskit/modal-dialog/modal-footer'
import ModalHeader from '@atlaskit/modal-dialog/modal-header'
import ModalTitle from '@atlaskit/modal-dialog/modal-title'
import type { PlanView } from '@rollcall/contract/api/plans'
import { type FormEvent, useState } from 'react'
import { useIntl } from 'react-intl'
import { ProblemMessage } from '../../../components/problem-message.tsx'
import { runHref } from '../../../routing/route.ts'
import { navigate } from '../../../routing/use-route.ts'
import { useApplyPlan } from '../api/apply-plan.ts'
import { messages } from '../messages.ts'
import { numberToType, sameNumber } from '../number-to-type.ts'
import styles from './apply-form.module.css'
import { ApplyNumbers } from './apply-numbers.tsx'
import { TypedNumber } from './typed-number.tsx'

interface Props {
  readonly plan: PlanView
  readonly hash: string
  readonly onClose: () => void
}

/** The numbers of the plan; a plan that takes away or was held is confirmed by typing one of them. */
export function ApplyForm({ plan, hash, onClose }: Props) {
  const intl = useIntl()
  const apply = useApplyPlan(plan.id)
  // What was on the screen when the question came up is what gets approved, even if the page behind it moves on.
  const [asked] = useState({ plan, hash })
  const [typed, setTyped] = useState('')
  const wanted = numberToType(asked.plan)
  const isHeld = asked.plan.status === 'held'
  const submit = (event: FormEvent) => {
    event.preventDefault()
    apply.mutate({ hash: asked.hash, approve: isHeld }, { onSuccess: ({ runId }) => navigate(runHref(runId)) })
  }
  return (
    <form onSubmit={submit}>
      <ModalHeader hasCloseButton>
        <ModalTitle>
          {intl.formatMessage(isHeld ? messages.approveTitle : messages.applyTitle, { id: asked.plan.id })}
        </ModalTitle>
      </ModalHeader>
      <ModalBody>
        <div className={styles.body}>
          {apply.isError && <ProblemMessage error={apply.error} />}
          <ApplyNumbers plan={asked.plan} />
          {wanted && <TypedNumber wanted={wanted} value={typed} onChange={setTyped} />}
        </div>
      </ModalBody>
      <ModalFooter>
        <Button appearance="subtle" onClick={onClose}>
          {intl.formatMessage(messages.cancel)}
        </Button>
        <Button
          type="submit"
          appearance={wanted?.destructive ? 'danger' : 'primary'}
          isLoading={apply.isPending}
          isDisabled={wanted !== undefined && !sameNumber(typed, wanted.number)}
        >
          {intl.formatMessage(isHeld ? messages.approve : messages.apply)}
        </Button>
      </ModalFooter>
    </form>
  )
}
