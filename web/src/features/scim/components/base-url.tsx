import SectionMessage from '@atlaskit/section-message/section-message'
import type { ScimView } from '@rollcall/contract/api/scim'
import { FormattedMessage, useIntl } from 'react-intl'
import { Copyable } from '../../../components/copyable.tsx'
import { messages } from '../messages.ts'
import styles from './section.module.css'

/** The address to enter at the provider; with a note where only this machine reaches it. */
export function BaseUrl({ scim }: { readonly scim: ScimView }) {
  const intl = useIntl()
  return (
    <div className={styles.section}>
      <h3 className={styles.heading}>{intl.formatMessage(messages.baseUrl)}</h3>
      <p className={styles.hint}>{intl.formatMessage(messages.baseUrlHint)}</p>
      <div>
        <Copyable text={scim.baseUrl} label={intl.formatMessage(messages.copyBaseUrl)} />
      </div>
      {scim.reachable === 'local' && (
        <SectionMessage appearance="warning" headingLevel="h4" title={intl.formatMessage(messages.localTitle)}>
          <p>
            <FormattedMessage {...messages.localText} />
          </p>
        </SectionMessage>
      )}
    </div>
  )
}
