import { CheckboxSelect } from '@atlaskit/select/checkbox-select'
import styles from './checkbox-filter.module.css'

interface Option<Value extends string> {
  readonly value: Value
  readonly label: string
}

interface Props<Value extends string> {
  readonly label: string
  readonly placeholder: string
  readonly options: readonly Option<Value>[]
  readonly values: readonly Value[]
  readonly onChange: (values: readonly Value[]) => void
}

/** Any number of a few; none means all. */
export function CheckboxFilter<Value extends string>({ label, placeholder, options, values, onChange }: Props<Value>) {
  return (
    <div className={styles.filter}>
      <CheckboxSelect<Option<Value>>
        aria-label={label}
        placeholder={placeholder}
        spacing="compact"
        options={options}
        value={options.filter((option) => values.includes(option.value))}
        onChange={(chosen) => onChange(chosen.map((option) => option.value))}
        hideSelectedOptions={false}
      />
    </div>
  )
}
