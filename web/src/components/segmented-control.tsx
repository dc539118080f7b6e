import { type ReactNode, useId } from 'react'
import styles from './segmented-control.module.css'

interface Segment<Value extends string> {
  readonly value: Value
  readonly label: string
  /** Shown in place of the label, which stays for screen readers and as title. */
  readonly icon?: ReactNode
  readonly count?: string
}

interface Props<Value extends string> {
  readonly legend: string
  readonly segments: readonly Segment<Value>[]
  readonly value: Value
  readonly onChange: (value: Value) => void
}

/** One of a few: radio buttons that look like one control, with the keyboard behaviour of radio buttons. */
export function SegmentedControl<Value extends string>({ legend, segments, value, onChange }: Props<Value>) {
  const name = useId()
  return (
    <fieldset className={styles.segments}>
      <legend className="visually-hidden">{legend}</legend>
      {segments.map((segment) => (
        <label key={segment.value} className={styles.segment} title={segment.icon ? segment.label : undefined}>
          <input
            type="radio"
            className="visually-hidden"
            name={name}
            checked={segment.value === value}
            onChange={() => onChange(segment.value)}
          />
          {segment.icon ? <span aria-hidden="true">{segment.icon}</span> : null}
          <span className={segment.icon ? 'visually-hidden' : undefined}>{segment.label}</span>
          {segment.count !== undefined && <span className={styles.count}>{segment.count}</span>}
        </label>
      ))}
    </fieldset>
  )
}
