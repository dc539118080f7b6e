import { IconButton } from '@atlaskit/button/new'
import CheckMarkIcon from '@atlaskit/icon/core/check-mark'
import CopyIcon from '@atlaskit/icon/core/copy'
import { useEffect, useState } from 'react'
import { useIntl } from 'react-intl'
import styles from './copy-command.module.css'
import { messages } from './messages.ts'

/** A command line with a button that copies it. */
export function CopyCommand({ command }: { readonly command: string }) {
  const intl = useIntl()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return undefined
    const timer = setTimeout(() => setCopied(false), 2_000)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = () => copyText(command).then(() => setCopied(true))
  return (
    <div className={styles.command}>
      <code className={styles.text}>{command}</code>
      <IconButton
        icon={copied ? CheckMarkIcon : CopyIcon}
        label={intl.formatMessage(copied ? messages.copied : messages.copyCommand)}
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
