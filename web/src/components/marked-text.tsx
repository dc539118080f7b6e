import { Fragment } from 'react'

/** A sentence with `code`, **strong** and *stressed* words in it; everything else, markup too, stays the text that it is. */
export function MarkedText({ text }: { readonly text: string }) {
  const parts = text
    .split(/(`[^`]+`|\*\*[^*]+\*\*|\*[^*\s][^*]*\*)/)
    .map((part, index) => ({ part, key: `${index} ${part}` }))
  return parts.map(({ part, key }) => {
    if (part.startsWith('`') && part.length > 2) return <code key={key}>{part.slice(1, -1)}</code>
    if (part.startsWith('**') && part.length > 4) return <strong key={key}>{part.slice(2, -2)}</strong>
    if (part.startsWith('*') && part.endsWith('*') && part.length > 2) return <em key={key}>{part.slice(1, -1)}</em>
    return <Fragment key={key}>{part}</Fragment>
  })
}
