import EmptyState from '@atlaskit/empty-state'
import { useIntl } from 'react-intl'
import { Loaded } from '../../../components/loaded.tsx'
import { PageHeader } from '../../../components/page-header.tsx'
import { useTargets } from '../api/targets.ts'
import { messages } from '../messages.ts'
import { TargetCard } from './target-card.tsx'

export function TargetsPage() {
  const intl = useIntl()
  const empty = (
    <EmptyState
      header={intl.formatMessage(messages.emptyTitle)}
      description={intl.formatMessage(messages.emptyText)}
      headingLevel={2}
    />
  )
  return (
    <>
      <PageHeader title={intl.formatMessage(messages.title)} subtitle={intl.formatMessage(messages.subtitle)} />
      <Loaded query={useTargets()} isEmpty={({ targets }) => targets.length === 0} empty={empty}>
        {({ targets }) => targets.map((target) => <TargetCard key={target.slug} target={target} />)}
      </Loaded>
    </>
  )
}
