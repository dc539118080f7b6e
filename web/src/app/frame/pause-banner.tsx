import Button from '@atlaskit/button/new'
import type { PauseView } from '@rollcall/contract/api/pauses'
import { FormattedMessage, useIntl } from 'react-intl'
import { ProblemMessage } from '../../components/problem-message.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { messages } from '../messages.ts'
import styles from './pause-banner.module.css'
import { useResume } from './pauses.ts'

/** On every page: what stands still, who said so, and how it goes on. */
export function PauseBanner({ pauses }: { readonly pauses: readonly PauseView[] }) {
  const intl = useIntl()
  const resume = useResume()
  if (pauses.length === 0) return null
  return (
    <section aria-label={intl.formatMessage(messages.paused)} className={styles.banner}>
      {resume.isError && <ProblemMessage error={resume.error} />}
      {pauses.map((pause) => (
        <div key={pause.id} className={styles.pause}>
          <span className={styles.text}>
            <PauseText pause={pause} />
          </span>
          <Button spacing="compact" isLoading={resume.isPending} onClick={() => resume.mutate(pause)}>
            <FormattedMessage {...messages.resume} />
          </Button>
        </div>
      ))}
    </section>
  )
}

const sentences = {
  everything: messages.everythingPaused,
  connection: messages.connectionPaused,
  target: messages.targetPaused,
} as const

function PauseText({ pause: { what, name = '', by, at, reason } }: { readonly pause: PauseView }) {
  const values = { name: <strong>{name}</strong>, by, when: <RelativeTime at={at} /> }
  return (
    <>
      <FormattedMessage {...sentences[what]} values={values} />
      {reason === undefined ? '' : ` ${reason}`}
    </>
  )
}
