import { Label } from '@atlaskit/form/label'
import Select from '@atlaskit/select/Select'
import { useId } from 'react'

interface Option<Value extends string> {
  readonly value: Value
  readonly label: string
}

interface Props<Value extends string> {
  readonly label: string
  readonly options: readonly Option<Value>[]
  readonly value: Value
  readonly onChange: (value: Value) => void
}

/** One of a few, with its label above it. */
export function Choice<Value extends string>({ label, options, value, onChange }: Props<Value>) {
  const id = useId()
  return (
    <div>
      <Label htmlFor={id}>{label}</Label>
      <Select<Option<Value>>
        inputId={id}
        options={options}
        value={options.find((option) => option.value === value) ?? null}
        onChange={(chosen) => chosen && onChange(chosen.value)}
        menuPosition="fixed"
      />
    </div>
  )
}
