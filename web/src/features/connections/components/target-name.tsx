import LinkExternalIcon from '@atlaskit/icon/core/link-external'
import type { ConnectionLegView } from '@rollcall/contract/api/connections'
import { useIntl } from 'react-intl'
import { messages } from '../messages.ts'
import styles from './target-name.module.css'

/** The product's name, kind and a way to it. */
export function TargetName({ target }: { readonly target: ConnectionLegView['target'] }) {
  const intl = useIntl()
  return (
    <span className={styles.target}>
      <span className={styles.name}>{target.name}</span>
      {target.url && /^https?:\/\//.test(target.url) && (
        <a href={target.url} target="_blank" rel="noreferrer" title={target.url}>
          <LinkExternalIcon label={intl.formatMessage(messages.opens, { url: target.url })} size="small" />
        </a>
      )}
    </span>
  )
}
