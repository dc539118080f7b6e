import { useIntl } from 'react-intl'
import { messages } from '../messages.ts'
import { textOfValue, wordsOf } from '../value-text.ts'
import styles from './before-after.module.css'

type Values = Readonly<Record<string, unknown>> | undefined

/** Every field with what it holds now and what it would hold. */
export function BeforeAfter({ before, after }: { readonly before: Values; readonly after: Values }) {
  const intl = useIntl()
  const fields = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  if (fields.length === 0) return null
  const cell = (values: Values, field: string) => {
    const value = values?.[field]
    if (value !== undefined && value !== null && value !== '') return textOfValue(value)
    return <span className={styles.nothing}>{intl.formatMessage(messages.nothing)}</span>
  }
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{intl.formatMessage(messages.field)}</th>
          {before && <th scope="col">{intl.formatMessage(messages.before)}</th>}
          {after && <th scope="col">{intl.formatMessage(messages.after)}</th>}
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field}>
            <th scope="row">{wordsOf(field)}</th>
            {before && <td>{cell(before, field)}</td>}
            {after && <td>{cell(after, field)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
