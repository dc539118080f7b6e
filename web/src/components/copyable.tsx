import { IconButton } from '@atlaskit/button/new'
import CheckMarkIcon from '@atlaskit/icon/core/check-mark'
import CopyIcon from '@atlaskit/icon/core/copy'
import { useEffect, useState } from 'react'
import { useIntl } from 'react-intl'
import styles from './copyable.module.css'
import { messages } from './messages.ts'

interface Props {
  readonly text: string
  /** What the button says: what it copies. */
  readonly label: string
}

/** A command, an address, a token, with a button that copies it. */
export function Copyable({ text, label }: Props) {
  const intl = useIntl()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return undefined
    const timer = setTimeout(() => setCopied(false), 2_000)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = () => copyText(text).then(() => setCopied(true))
  return (
    <div className={styles.copyable}>
      <code className={styles.text}>{text}</code>
      <IconButton
        icon={copied ? CheckMarkIcon : CopyIcon}
        label={copied ? intl.formatMessage(messages.copied) : label}
        appearance="subtle"
        spacing="compact"
        onClick={() => void copy()}
      />
      <span role="status" className="visually-hidden">
        {copied && intl.formatMessage(messages.copied)}
      </span>
    </div>
  )
}

/** Browsers keep the clipboard API from pages without TLS that are not on this computer: there, the old way. */
async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text)
  const field = document.createElement('textarea')
  field.value = text
  document.body.append(field)
  field.select()
  document.execCommand('copy')
  field.remove()
}
