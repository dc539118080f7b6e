import Button from '@atlaskit/button/new'
import { Label } from '@atlaskit/form/label'
import Textfield from '@atlaskit/textfield'
import { type FormEvent, useState } from 'react'
import { useIntl } from 'react-intl'
import { whyHref } from '../../../routing/route.ts'
import { messages } from '../messages.ts'
import styles from './why-form.module.css'

interface Props {
  readonly user: string | undefined
  readonly group: string | undefined
}

/** The question is the address of the page, so that it can be sent to somebody. */
export function WhyForm(asked: Props) {
  const intl = useIntl()
  const [user, setUser] = useState(asked.user ?? '')
  const [group, setGroup] = useState(asked.group ?? '')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (user.trim() !== '') window.location.hash = whyHref(user.trim(), group.trim() || undefined)
  }
  return (
    <form onSubmit={submit} className={styles.form}>
      <div className={styles.field}>
        <Label htmlFor="why-user">{intl.formatMessage(messages.person)}</Label>
        <Textfield
          id="why-user"
          isRequired
          maxLength={500}
          placeholder={intl.formatMessage(messages.personHint)}
          value={user}
          onChange={(event) => setUser(event.currentTarget.value)}
        />
      </div>
      <div className={styles.field}>
        <Label htmlFor="why-group">{intl.formatMessage(messages.group)}</Label>
        <Textfield
          id="why-group"
          maxLength={500}
          value={group}
          onChange={(event) => setGroup(event.currentTarget.value)}
        />
      </div>
      <Button type="submit" appearance="primary">
        {intl.formatMessage(messages.ask)}
      </Button>
    </form>
  )
}
