import { LinkButton } from '@atlaskit/button/new'
import { useState } from 'react'
import { useIntl } from 'react-intl'
import { PageHeader } from '../../../components/page-header.tsx'
import { SegmentedControl } from '../../../components/segmented-control.tsx'
import { connectionsHref } from '../../../routing/route.ts'
import type { LogOutcome } from '../api/scim-log.ts'
import { messages } from '../messages.ts'
import { LogEntries } from './log-entries.tsx'

interface Props {
  readonly slug: string
  readonly name: string
}

/** What a provider asked for, and how each request ended. */
export function LogPage({ slug, name }: Props) {
  const intl = useIntl()
  const [outcome, setOutcome] = useState<LogOutcome>('all')
  return (
    <>
      <PageHeader
        title={intl.formatMessage(messages.logTitle)}
        subtitle={intl.formatMessage(messages.logSubtitle, { name })}
        actions={<LinkButton href={connectionsHref}>{intl.formatMessage(messages.backToConnections)}</LinkButton>}
      />
      <div>
        <SegmentedControl
          legend={intl.formatMessage(messages.logFilter)}
          segments={[
            { value: 'all', label: intl.formatMessage(messages.all) },
            { value: 'refused', label: intl.formatMessage(messages.refusedOnly) },
          ]}
          value={outcome}
          onChange={setOutcome}
        />
      </div>
      <LogEntries slug={slug} outcome={outcome} />
    </>
  )
}
