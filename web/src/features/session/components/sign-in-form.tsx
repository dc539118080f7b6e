import Button from '@atlaskit/button/new'
import { ErrorMessage } from '@atlaskit/form/error-message'
import { Label } from '@atlaskit/form/label'
import Textfield from '@atlaskit/textfield'
import { type FormEvent, useState } from 'react'
import { FormattedMessage, useIntl } from 'react-intl'
import { ProblemMessage } from '../../../components/problem-message.tsx'
import { useSignIn } from '../api/sign-in.ts'
import { messages } from '../messages.ts'
import styles from './sign-in-form.module.css'

export function SignInForm() {
  const intl = useIntl()
  const signIn = useSignIn()
  const [token, setToken] = useState('')
  const [missing, setMissing] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const given = token.trim()
    setMissing(given === '')
    if (given !== '') signIn.mutate({ token: given })
  }
  return (
    <form onSubmit={submit} className={styles.form} noValidate>
      {signIn.isError && <ProblemMessage error={signIn.error} />}
      <div>
        <Label htmlFor="token">{intl.formatMessage(messages.token)}</Label>
        <Textfield
          id="token"
          name="token"
          type="password"
          autoComplete="current-password"
          autoFocus
          maxLength={200}
          value={token}
          isInvalid={missing}
          aria-describedby={missing ? 'token-missing' : undefined}
          onChange={(event) => setToken(event.currentTarget.value)}
        />
        {missing && (
          <div id="token-missing">
            <ErrorMessage>{intl.formatMessage(messages.empty)}</ErrorMessage>
          </div>
        )}
      </div>
      <Button type="submit" appearance="primary" shouldFitContainer isLoading={signIn.isPending}>
        <FormattedMessage {...messages.signIn} />
      </Button>
    </form>
  )
}
