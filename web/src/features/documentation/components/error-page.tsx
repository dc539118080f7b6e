import EmptyState from '@atlaskit/empty-state'
import { useIntl } from 'react-intl'
import { MarkedText } from '../../../components/marked-text.tsx'
import { PageHeader } from '../../../components/page-header.tsx'
import { findError } from '../find-error.ts'
import { messages } from '../messages.ts'

/** What a code means, from the catalogue of errors. */
export function ErrorPage({ code }: { readonly code: string }) {
  const intl = useIntl()
  const paragraphs = findError(code)
  return (
    <>
      <PageHeader title={intl.formatMessage(messages.title, { code })} />
      {paragraphs ? (
        paragraphs.map((text) => (
          <p key={text}>
            <MarkedText text={text} />
          </p>
        ))
      ) : (
        <EmptyState
          header={intl.formatMessage(messages.unknown)}
          headingLevel={2}
          description={intl.formatMessage(messages.unknownText, { code })}
        />
      )}
    </>
  )
}
