import EmptyState from '@atlaskit/empty-state'
import { useIntl } from 'react-intl'
import { PageHeader } from '../../../components/page-header.tsx'
import { findError } from '../find-error.ts'
import { messages } from '../messages.ts'
import { Paragraph } from './paragraph.tsx'

/** What a code means, from the catalogue of errors. */
export function ErrorPage({ code }: { readonly code: string }) {
  const intl = useIntl()
  const paragraphs = findError(code)
  return (
    <>
      <PageHeader title={intl.formatMessage(messages.title, { code })} />
      {paragraphs ? (
        paragraphs.map((text) => <Paragraph key={text} text={text} />)
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
