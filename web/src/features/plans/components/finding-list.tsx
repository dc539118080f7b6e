import EmptyState from '@atlaskit/empty-state'
import type { PlanView } from '@rollcall/contract/api/plans'
import { useState } from 'react'
import { useIntl } from 'react-intl'
import { CheckboxFilter } from '../../../components/checkbox-filter.tsx'
import { SearchField } from '../../../components/search-field.tsx'
import { useDebounced } from '../../../components/use-debounced.ts'
import { useFindings } from '../api/findings.ts'
import { findingName } from '../finding-name.ts'
import { messages } from '../messages.ts'
import styles from './filters.module.css'
import { FindingResults } from './finding-results.tsx'

const typingMs = 250

/** What could not or should not become a change, and what to do about it. */
export function FindingList({ plan }: { readonly plan: PlanView }) {
  const intl = useIntl()
  const [codes, setCodes] = useState<readonly string[]>([])
  const [text, setText] = useState('')
  const search = useDebounced(text.trim(), typingMs)
  const result = useFindings(plan.id, { codes, search })
  const options = Object.entries(plan.findings).map(([value, count]) => ({
    value,
    label: `${findingName(intl, value)} (${intl.formatNumber(count)})`,
  }))
  if (options.length === 0) {
    return (
      <EmptyState
        header={intl.formatMessage(messages.noFindings)}
        headingLevel={2}
        description={intl.formatMessage(messages.noFindingsText)}
      />
    )
  }
  return (
    <>
      <div className={styles.filters}>
        <SearchField label={intl.formatMessage(messages.searchFindings)} value={text} onChange={setText} />
        <CheckboxFilter
          label={intl.formatMessage(messages.finding)}
          placeholder={intl.formatMessage(messages.anyFinding)}
          options={options}
          values={codes}
          onChange={setCodes}
        />
      </div>
      <FindingResults result={result} />
    </>
  )
}
