import EmptyState from '@atlaskit/empty-state'
import { useIntl } from 'react-intl'
import { Copyable } from '../../../components/copyable.tsx'
import { useScim } from '../api/scim.ts'
import type { LogOutcome } from '../api/scim-log.ts'
import { messages } from '../messages.ts'

interface Props {
  readonly slug: string
  readonly outcome: LogOutcome
}

/** A log without requests says what to enter at the provider. */
export function NoEntries({ slug, outcome }: Props) {
  const intl = useIntl()
  const baseUrl = useScim(slug).data?.baseUrl
  if (outcome === 'refused') {
    return (
      <EmptyState
        header={intl.formatMessage(messages.noneRefused)}
        headingLevel={2}
        description={intl.formatMessage(messages.noneRefusedText)}
      />
    )
  }
  return (
    <EmptyState
      header={intl.formatMessage(messages.logEmpty)}
      headingLevel={2}
      description={intl.formatMessage(messages.logEmptyText)}
      primaryAction={baseUrl && <Copyable text={baseUrl} label={intl.formatMessage(messages.copyBaseUrl)} />}
    />
  )
}
