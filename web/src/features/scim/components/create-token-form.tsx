import { ErrorMessage } from '@atlaskit/form/error-message'
import { Label } from '@atlaskit/form/label'
import Textfield from '@atlaskit/textfield'
import { useId, useState } from 'react'
import { useIntl } from 'react-intl'
import type { useCreateToken } from '../api/change-tokens.ts'
import { messages } from '../messages.ts'
import styles from './dialog.module.css'
import { type Expiry, ExpiryChoice, expiryOf, usualExpiry } from './expiry-choice.tsx'
import { TokenForm } from './token-form.tsx'

interface Props {
  readonly create: ReturnType<typeof useCreateToken>
  readonly onClose: () => void
}

export function CreateTokenForm({ create, onClose }: Props) {
  const intl = useIntl()
  const id = useId()
  const [name, setName] = useState('')
  const [isMissing, setMissing] = useState(false)
  const [expiry, setExpiry] = useState<Expiry>(usualExpiry)
  const submit = () => {
    const label = name.trim()
    setMissing(label === '')
    if (label !== '') create.mutate({ label, ...expiryOf(expiry) })
  }
  return (
    <TokenForm
      title={intl.formatMessage(messages.createTitle)}
      submit={intl.formatMessage(messages.create)}
      change={create}
      onSubmit={submit}
      onClose={onClose}
    >
      <div>
        <Label htmlFor={id}>{intl.formatMessage(messages.name)}</Label>
        <Textfield
          id={id}
          autoFocus
          autoComplete="off"
          maxLength={100}
          value={name}
          isInvalid={isMissing}
          aria-describedby={`${id}-about`}
          onChange={(event) => {
            setName(event.currentTarget.value)
            setMissing(false)
          }}
        />
        <div id={`${id}-about`} className={styles.hint}>
          {isMissing ? (
            <ErrorMessage>{intl.formatMessage(messages.nameMissing)}</ErrorMessage>
          ) : (
            intl.formatMessage(messages.nameHint)
          )}
        </div>
      </div>
      <ExpiryChoice label={intl.formatMessage(messages.expiry)} value={expiry} onChange={setExpiry} />
    </TokenForm>
  )
}
