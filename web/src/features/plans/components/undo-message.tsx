import SectionMessage from '@atlaskit/section-message/section-message'
import type { PlanView } from '@rollcall/contract/api/plans'
import { FormattedMessage } from 'react-intl'
import { runHref } from '../../../routing/route.ts'
import { messages } from '../messages.ts'

/** Says of an undo what it takes back, and that nothing was done yet. */
export function UndoMessage({ plan: { undoes, applicable } }: { readonly plan: PlanView }) {
  if (undoes === undefined) return null
  return (
    <SectionMessage>
      <p>
        <a href={runHref(undoes)}>
          <FormattedMessage {...messages.undoTitle} values={{ id: undoes }} />
        </a>
      </p>
      {applicable && (
        <p>
          <FormattedMessage {...messages.undoText} />
        </p>
      )}
    </SectionMessage>
  )
}
