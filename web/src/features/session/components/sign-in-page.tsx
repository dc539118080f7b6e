import { useEffect } from 'react'
import { FormattedMessage, useIntl } from 'react-intl'
import { CopyCommand } from '../../../components/copy-command.tsx'
import { messages } from '../messages.ts'
import { SignInForm } from './sign-in-form.tsx'
import styles from './sign-in-page.module.css'

/** An admin token opens a session; the page also says where tokens come from. */
export function SignInPage() {
  const title = useIntl().formatMessage(messages.title)
  useEffect(() => {
    document.title = title
  }, [title])
  return (
    <main className={styles.page}>
      <div className={styles.box}>
        <img src="/favicon.svg" alt="" width={48} height={48} className={styles.mark} />
        <h1 className={styles.title}>{title}</h1>
        <SignInForm />
        <hr className={styles.line} />
        <p className={styles.help}>
          <FormattedMessage {...messages.howTo} />
        </p>
        <CopyCommand command="rollcall token create NAME" />
      </div>
    </main>
  )
}
