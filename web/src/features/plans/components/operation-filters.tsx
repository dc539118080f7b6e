import type { OperationStatus, PlanView } from '@rollcall/contract/api/plans'
import { useIntl } from 'react-intl'
import { CheckboxFilter } from '../../../components/checkbox-filter.tsx'
import { SearchField } from '../../../components/search-field.tsx'
import { SegmentedControl } from '../../../components/segmented-control.tsx'
import { messages } from '../messages.ts'
import type { OperationChoice } from '../operation-choice.ts'
import { inOrder, isKnownKind, kindsOfSide, type Side } from '../operation-kinds.ts'
import { countOf } from '../plan-numbers.ts'
import styles from './filters.module.css'

interface Props {
  readonly plan: PlanView
  readonly choice: OperationChoice
  readonly onChange: (choice: OperationChoice) => void
}

const sides: readonly Side[] = ['all', 'gains', 'losses', 'changes']

export function OperationFilters({ plan, choice, onChange }: Props) {
  const intl = useIntl()
  const { counts } = plan
  const number = (count: number) => intl.formatNumber(count)
  const inSide = kindsOfSide[choice.side] as readonly string[]
  const kinds = inOrder(Object.keys(counts)).filter((kind) => inSide.length === 0 || inSide.includes(kind))
  const statuses = [...new Set(Object.values(counts).flatMap((byStatus) => Object.keys(byStatus)))] as OperationStatus[]
  const nameOf = (kind: string) => (isKnownKind(kind) ? intl.formatMessage(messages[kind]) : kind)
  return (
    <div className={styles.filters}>
      <SegmentedControl
        legend={intl.formatMessage(messages.show)}
        value={choice.side}
        onChange={(side) => onChange({ ...choice, side, kinds: [] })}
        segments={sides.map((side) => ({
          value: side,
          label: intl.formatMessage(messages[`side_${side}`]),
          count: number(countOf(counts, kindsOfSide[side])),
        }))}
      />
      <SearchField
        label={intl.formatMessage(messages.search)}
        value={choice.search}
        onChange={(search) => onChange({ ...choice, search })}
      />
      <CheckboxFilter
        label={intl.formatMessage(messages.kind)}
        placeholder={intl.formatMessage(messages.anyKind)}
        options={kinds.map((kind) => ({ value: kind, label: `${nameOf(kind)} (${number(countOf(counts, [kind]))})` }))}
        values={choice.kinds}
        onChange={(chosen) => onChange({ ...choice, kinds: chosen })}
      />
      {statuses.length > 1 && (
        <CheckboxFilter
          label={intl.formatMessage(messages.status)}
          placeholder={intl.formatMessage(messages.anyStatus)}
          options={statuses.map((status) => ({
            value: status,
            label: `${intl.formatMessage(messages[`operation_${status}`])} (${number(countOf(counts, [], [status]))})`,
          }))}
          values={choice.statuses}
          onChange={(chosen) => onChange({ ...choice, statuses: chosen })}
        />
      )}
    </div>
  )
}
