import ModalDialog from '@atlaskit/modal-dialog/modal-dialog'
import ModalTransition from '@atlaskit/modal-dialog/modal-transition'
import type { PlanView } from '@rollcall/contract/api/plans'
import { ApplyForm } from './apply-form.tsx'

interface Props {
  readonly plan: PlanView
  readonly hash: string
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** Asks before a plan is applied. The hash is of the plan that was on the screen when the question came up. */
export function ApplyDialog({ plan, hash, isOpen, onClose }: Props) {
  return (
    <ModalTransition>
      {isOpen && (
        <ModalDialog onClose={onClose} shouldScrollInViewport>
          <ApplyForm plan={plan} hash={hash} onClose={onClose} />
        </ModalDialog>
      )}
    </ModalTransition>
  )
}
