import { Fragment } from 'react'

/** A paragraph of the catalogue: text with `code` and **strong** words in it, nothing else. */
export function Paragraph({ text }: { readonly text: string }) {
  const parts = text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((part, index) => ({ part, key: `${index} ${part}` }))
  return (
    <p>
      {parts.map(({ part, key }) => {
        if (part.startsWith('`')) return <code key={key}>{part.slice(1, -1)}</code>
        if (part.startsWith('**')) return <strong key={key}>{part.slice(2, -2)}</strong>
        return <Fragment key={key}>{part}</Fragment>
      })}
    </p>
  )
}
