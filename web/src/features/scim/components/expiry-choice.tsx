import { useIntl } from 'react-intl'
import { messages } from '../messages.ts'
import { Choice } from './choice.tsx'

const choices = ['30', '90', '180', '365', '730', 'never'] as const
export type Expiry = (typeof choices)[number]

/** What a new token gets unless somebody decides otherwise. */
export const usualExpiry: Expiry = '365'

/** As a request wants it. */
export const expiryOf = (expiry: Expiry): { expiresInDays?: number } =>
  expiry === 'never' ? {} : { expiresInDays: Number(expiry) }

interface Props {
  readonly label: string
  readonly value: Expiry
  readonly onChange: (value: Expiry) => void
}

export function ExpiryChoice({ label, value, onChange }: Props) {
  const intl = useIntl()
  const options = choices.map((choice) => ({
    value: choice,
    label: intl.formatMessage(messages[`expiry_${choice}`]),
  }))
  return <Choice label={label} options={options} value={value} onChange={onChange} />
}
