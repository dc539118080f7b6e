import { useState } from 'react'
import { useIntl } from 'react-intl'
import { CopyCommand } from '../../../components/copy-command.tsx'
import { PageHeader } from '../../../components/page-header.tsx'
import { SearchField } from '../../../components/search-field.tsx'
import { SegmentedControl } from '../../../components/segmented-control.tsx'
import { useDebounced } from '../../../components/use-debounced.ts'
import { targetsHref } from '../../../routing/route.ts'
import { useTargets } from '../api/targets.ts'
import { messages } from '../messages.ts'
import { UnboundGroups } from './unbound-groups.tsx'
import { UnclaimedAccounts } from './unclaimed-accounts.tsx'
import styles from './unclaimed-page.module.css'

interface Props {
  readonly slug: string
  readonly first: 'accounts' | 'groups'
}

/** Who is in a product that nobody here manages, and which of its groups. */
export function UnclaimedPage({ slug, first }: Props) {
  const intl = useIntl()
  const [what, setWhat] = useState(first)
  const [text, setText] = useState('')
  const search = useDebounced(text, 250)
  const { data } = useTargets()
  const target = data?.targets.find((one) => one.slug === slug)?.name ?? slug
  return (
    <>
      <PageHeader
        title={intl.formatMessage(messages.unclaimedTitle, { target })}
        subtitle={intl.formatMessage(messages.unclaimedSubtitle, { target })}
        actions={<a href={targetsHref}>{intl.formatMessage(messages.backToTargets)}</a>}
      />
      <CopyCommand command={`rollcall unclaimed ${slug}${what === 'groups' ? ' --groups' : ''} --csv`} />
      <div className={styles.filters}>
        <SegmentedControl
          legend={intl.formatMessage(messages.unclaimed)}
          value={what}
          segments={[
            { value: 'accounts', label: intl.formatMessage(messages.accountsTab) },
            { value: 'groups', label: intl.formatMessage(messages.groupsTab) },
          ]}
          onChange={setWhat}
        />
        <SearchField
          label={intl.formatMessage(what === 'accounts' ? messages.search : messages.searchGroups)}
          value={text}
          onChange={setText}
        />
      </div>
      {what === 'accounts' ? (
        <UnclaimedAccounts slug={slug} search={search} />
      ) : (
        <UnboundGroups slug={slug} search={search} />
      )}
    </>
  )
}
