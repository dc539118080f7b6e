import Textfield from '@atlaskit/textfield'
import { useId } from 'react'
import { FormattedMessage, useIntl } from 'react-intl'
import { messages } from '../messages.ts'
import type { NumberToType } from '../number-to-type.ts'
import styles from './typed-number.module.css'

interface Props {
  readonly wanted: NumberToType
  readonly value: string
  readonly onChange: (value: string) => void
}

export function TypedNumber({ wanted, value, onChange }: Props) {
  const intl = useIntl()
  const id = useId()
  const message = wanted.destructive ? messages.typeDestructive : messages.typeAll
  const number = <strong>{intl.formatNumber(wanted.number)}</strong>
  return (
    <div className={styles.field}>
      <label htmlFor={id}>
        <FormattedMessage {...message} values={{ number, count: wanted.number }} />
      </label>
      <Textfield
        id={id}
        inputMode="numeric"
        autoComplete="off"
        width="medium"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  )
}
