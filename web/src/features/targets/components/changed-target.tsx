import Button from '@atlaskit/button/new'
import SectionMessage from '@atlaskit/section-message/section-message'
import type { TargetView } from '@rollcall/contract/api/targets'
import { useIntl } from 'react-intl'
import { ProblemMessage } from '../../../components/problem-message.tsx'
import { useConfirmTarget } from '../api/confirm-target.ts'
import { messages } from '../messages.ts'

/** What is not as it was connected, and the way to say that it is right. */
export function ChangedTarget({ target: { slug, fingerprint } }: { readonly target: TargetView }) {
  const intl = useIntl()
  const confirm = useConfirmTarget(slug)
  const { state, changes, code } = fingerprint
  if (state !== 'changed' || code === undefined) return null
  return (
    <>
      <SectionMessage appearance="warning" title={intl.formatMessage(messages.changedTitle)} headingLevel="h3">
        <p>{intl.formatMessage(messages.changedText)}</p>
        {changes.map((change) => (
          <p key={change}>{change}</p>
        ))}
        <Button isLoading={confirm.isPending} onClick={() => confirm.mutate(code)}>
          {intl.formatMessage(messages.confirm)}
        </Button>
      </SectionMessage>
      {confirm.isError && <ProblemMessage error={confirm.error} />}
    </>
  )
}
