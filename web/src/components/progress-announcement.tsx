import { useIntl } from 'react-intl'
import { messages } from './messages.ts'

interface Props {
  readonly phase: string
  readonly percent: number | undefined
}

/** Tells a screen reader of a new phase and of every tenth of the way, not of every event. */
export function ProgressAnnouncement({ phase, percent }: Props) {
  const intl = useIntl()
  const tenths = percent === undefined ? undefined : Math.floor(percent * 10) / 10
  const text = tenths === undefined ? phase : intl.formatMessage(messages.announce, { phase, percent: tenths })
  return (
    <span role="status" aria-live="polite" className="visually-hidden">
      {text}
    </span>
  )
}
